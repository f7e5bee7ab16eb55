package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.piecrust.input.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of the artifact folder fills up in the middle of a campaign, and is emptied again. Most
 * of the time is spent on waiting for a disk that may have room again.
 */
class FullDiskIT {
  private static final String METHODS = "fap, fap-synergy, random";
  private static final Pattern ID = Pattern.compile("small-[0-9a-f]{8}");
  private static final int FINISHED_WITH_FAILURES = 3;

  @TempDir Path folder;
  private Path disk;
  private boolean mounted;

  @BeforeEach
  void mountASmallDisk() throws Exception {
    disk = Files.createDirectories(folder.resolve("home/artifacts"));
    mounted = command("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString());
    assumeTrue(mounted, "this user may not mount a small disk (mount -t tmpfs)");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(command("umount", disk.toString())).isTrue();
    }
  }

  @Test
  void endsTheCampaignWithWhatToDoAndARetryCompletesIt() throws Exception {
    Path spec = SmallSpec.write(folder, METHODS);
    Path out = folder.resolve("out");
    Program program = new Program(folder.resolve("home"));
    Program.Running run = program.start("run", spec.toString(), "--out", out.toString());
    while (program.artifacts() < 3) {
      assertThat(run.process().waitFor(2, TimeUnit.MILLISECONDS)).as(run.printed()).isFalse();
    }
    Path ballast = fill();

    assertThat(run.exitStatus()).as(run.printed()).isEqualTo(FINISHED_WITH_FAILURES);
    String id = ID.matcher(run.printed()).results().findFirst().orElseThrow().group();
    assertThat(program.run("status", id))
        .contains("an artifact could not be written to " + disk + ": the disk is full; make room");
    assertThat(halfWritten()).isEmpty();

    Files.delete(ballast);
    program.run("retry", id);
    program.run("run", spec.toString(), "--out", out.toString());
    assertThat(ExportedFiles.in(out)).isEqualTo(ExportedFiles.in(undisturbed(spec)));
  }

  private Path undisturbed(Path spec) throws Exception {
    Path out = folder.resolve("alone-out");
    Path home = Files.createDirectories(folder.resolve("alone")).resolve("home");
    new Program(home).run("run", spec.toString(), "--out", out.toString());
    return out;
  }

  /** Writes until nothing more goes in. */
  private Path fill() throws IOException {
    Path ballast = disk.resolve("ballast");
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
      return ballast;
    }
  }

  /** Files that are not what their name says. */
  private List<Path> halfWritten() throws IOException {
    try (Stream<Path> files = Files.walk(disk)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.endsWith("ballast"))
          .filter(file -> !file.getFileName().toString().equals(sha256(file)))
          .toList();
    }
  }

  private static String sha256(Path file) {
    try {
      return Sha256.of(Files.readAllBytes(file));
    } catch (IOException e) {
      return e.toString();
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
