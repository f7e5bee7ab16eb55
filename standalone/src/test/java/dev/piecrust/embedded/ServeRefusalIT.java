package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program that cannot serve: one sentence, in the log too, and a status. */
final class ServeRefusalIT {
  private static final int INTERNAL_ERROR = 1;
  private static final int USER_ERROR = 2;

  @TempDir Path folder;

  @Test
  void refusesAPortThatIsTaken() throws Exception {
    Program program = new Program(folder.resolve("home"));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertOneSentence(
          program,
          program.start("serve", "--port", port),
          USER_ERROR,
          "piecrust: port " + port + " on 127.0.0.1 is taken");
      Program monitored = program.with("QUARKUS_MANAGEMENT_PORT", port);
      assertOneSentence(
          monitored,
          monitored.start("serve", "--port", "0"),
          USER_ERROR,
          "expected one that is free, as QUARKUS_MANAGEMENT_PORT names it");
    }
  }

  @Test
  void refusesAHomeThatIsTaken() throws Exception {
    Program program = new Program(folder.resolve("home"));
    try (Serving serving = Serving.start(program)) {
      assertOneSentence(
          program,
          program.start("serve", "--port", "0"),
          USER_ERROR,
          "home is served already at 127.0.0.1:" + serving.port());
    }
  }

  @Test
  void endsOnADiskThatIsFull() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(
        command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()),
        "this user may not mount a small disk (mount -t tmpfs)");
    try {
      Program program = new Program(disk.resolve("home"), "-Djava.io.tmpdir=" + folder);
      Files.createDirectories(disk.resolve("home"));
      fill(disk.resolve("ballast"));
      Program.Running serve = program.startWithOutputIn(folder, "serve", "--port", "0");
      assertThat(serve.exitStatus()).as(serve.printed()).isEqualTo(INTERNAL_ERROR);
      assertThat(serve.printed().strip()).hasLineCount(1).contains("disk", "is full");
    } finally {
      assertThat(command("umount", disk.toString())).isTrue();
    }
  }

  private static void assertOneSentence(
      Program program, Program.Running refused, int status, String sentence) throws Exception {
    assertThat(refused.exitStatus()).as(refused.printed()).isEqualTo(status);
    assertThat(refused.printed().strip()).hasLineCount(1).contains(sentence).contains("expected");
    String said = refused.printed().strip().substring("piecrust: ".length());
    assertThat(program.log()).contains("ERROR", said);
  }

  /** Writes until nothing more goes in. */
  private static void fill(Path ballast) throws IOException {
    byte[] block = new byte[512];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static boolean command(String... line) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(line).inheritIO().start().waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }
}
