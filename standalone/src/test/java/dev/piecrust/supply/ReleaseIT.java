package dev.piecrust.supply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.piecrust.embedded.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a release are checked as SECURITY.md says, and a changed one is noticed. */
final class ReleaseIT {
  @TempDir static Path folder;
  private static Path out = Path.of("");
  private static Path key = Path.of("");

  private record Ended(int status, String printed) {}

  @BeforeAll
  static void release() throws Exception {
    for (String tool : List.of("ssh-keygen", "sha256sum", "tar", "gzip")) {
      assumeTrue(run(folder, "command -v " + tool).status() == 0, tool + " is missing");
    }
    key = folder.resolve("key");
    out = folder.resolve("out");
    assertThat(run(folder, "ssh-keygen -q -t ed25519 -N '' -f key").status()).isZero();
    Ended made = release(key);
    assertThat(made.status()).as(made.printed()).isZero();
    String signer = Files.readString(folder.resolve("key.pub"));
    Files.writeString(out.resolve("piecrust.signers"), "releases@piecrust " + signer);
  }

  @Test
  void isCheckedByTheCommandsOfSecurityMd() throws Exception {
    Ended checked = check();
    assertThat(checked.status()).as(checked.printed()).isZero();
    assertThat(checked.printed()).contains("Good \"piecrust-release\" signature", ".tar.gz: OK");
    assertThat(run(out, "for a in piecrust-*.tar.gz; do tar tzf $a; done").printed().lines())
        .anyMatch(name -> name.matches("piecrust-[\\d.]+/app/quarkus-run\\.jar"))
        .anyMatch(name -> name.matches("piecrust-[\\d.]+/THIRD-PARTY\\.md"))
        .allMatch(name -> name.startsWith("piecrust-"));
  }

  @Test
  void isRefusedWhereAFileOrItsSumWasChanged() throws Exception {
    Path sums = out.resolve("SHA256SUMS");
    String right = Files.readString(sums);
    try {
      Files.writeString(sums, right.replaceFirst("^.", right.startsWith("0") ? "1" : "0"));
      assertThat(check().status()).isNotZero();
    } finally {
      Files.writeString(sums, right);
    }
    assertThat(check().status()).isZero();
  }

  @Test
  void isNotMadeWithoutAKey() throws Exception {
    Ended refused = release(folder.resolve("none"));
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.printed()).contains("none is not there, expected one of OpenSSH");
  }

  private static Ended release(Path with) throws IOException, InterruptedException {
    Path script = Program.ROOT.resolve("deploy/release/release.sh");
    return run(folder, "'%s' '%s' '%s'".formatted(script, with, out));
  }

  /** The lines of SECURITY.md that check a download. */
  private static Ended check() throws IOException, InterruptedException {
    List<String> lines =
        Files.readAllLines(Program.ROOT.resolve("SECURITY.md")).stream()
            .filter(line -> line.startsWith("ssh-keygen -Y") || line.startsWith("sha256sum -c"))
            .toList();
    assertThat(lines).hasSize(2);
    return run(out, String.join(" && ", lines));
  }

  private static Ended run(Path in, String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(in.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), printed);
  }
}
