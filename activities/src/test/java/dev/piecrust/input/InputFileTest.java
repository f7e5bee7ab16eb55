package dev.piecrust.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InputFileTest {
  private static final int MIB = 1 << 20;

  @TempDir Path folder;

  private static InputFile input(Path file) {
    return new InputFile(file, "corpus " + file, "a file of texts");
  }

  private static void refused(ThrowingCallable reading, String message, Object... arguments) {
    assertThatThrownBy(reading)
        .hasMessage(message, arguments)
        .isInstanceOfSatisfying(
            PieCrustException.class, e -> assertThat(e.category()).isEqualTo(FailureCategory.USER));
  }

  @Test
  void readsARegularFileAndALinkToOne() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "\uFEFFdrei Äpfel");
    Path link = Files.createSymbolicLink(folder.resolve("b.txt"), file);
    assertThat(input(file).text(100)).isEqualTo("drei Äpfel");
    assertThat(input(link).bytes(100)).isEqualTo(Files.readAllBytes(file));
  }

  /** To open a pipe that nobody writes to never ends. */
  @Test
  void refusesAPipeWithoutOpeningIt() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe.jsonl");
    assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    refused(
        () -> input(pipe).open().close(),
        "corpus %s: is a device, a pipe or a socket, expected a file of texts",
        pipe);
    Path link = Files.createSymbolicLink(folder.resolve("link.jsonl"), pipe);
    refused(
        () -> input(link).channel().close(),
        "corpus %s: is a device, a pipe or a socket, expected a file of texts",
        link);
  }

  @Test
  void refusesADeviceThatNeverEnds() {
    Path zero = Path.of("/dev/zero");
    assumeThat(zero).exists();
    refused(
        () -> input(zero).bytes(100),
        "corpus /dev/zero: is a device, a pipe or a socket, expected a file of texts");
  }

  /** What a system makes up says of itself that it is empty; some of it never ends or waits. */
  @Test
  void readsNoFurtherThanTheFileWentWhenItWasOpened() throws IOException {
    Path made = Path.of("/proc/self/status");
    assumeThat(made).exists();
    assertThat(input(made).bytes(100)).isEmpty();
    Path growing = Files.writeString(folder.resolve("a.txt"), "ab");
    try (InputStream in = input(growing).open()) {
      Files.writeString(growing, "abcd");
      assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("ab");
    }
  }

  @Test
  void refusesWhatIsNotThereAFolderAndWhatIsTooLong() throws IOException {
    Path none = folder.resolve("none");
    refused(
        () -> input(none).require(),
        "corpus %s: there is no such file, expected a file of texts",
        none);
    refused(
        () -> input(folder).require(), "corpus %s: is a folder, expected a file of texts", folder);
    Path file = Files.writeString(folder.resolve("a.txt"), "abc");
    refused(
        () -> input(file).text(2), "corpus %s: is 3 bytes long, expected at most 2 bytes", file);
  }

  @Test
  void refusesBytesThatAreNoTextAndTextThatIsNoJson() throws IOException {
    Path bytes = Files.write(folder.resolve("a.txt"), new byte[] {'a', (byte) 0xff});
    refused(
        () -> input(bytes).text(2),
        "corpus %s: is not a text in UTF-8, expected a file of texts",
        bytes);
    Path secret = Files.writeString(folder.resolve("shadow"), "root:$y$j9T$secret:19000:0:::");
    refused(
        () -> input(secret).json(100),
        "corpus %s: is not valid JSON at column 1, expected a file of texts",
        secret);
  }

  @Test
  void refusesWhatUnpacksToTooMuch() throws IOException {
    Path bomb = folder.resolve("bomb.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      for (int i = 0; i < 65; i++) {
        out.write(new byte[MIB]);
      }
    }
    refused(
        () -> input(bomb).unpacked(InputFile.WHOLE).transferTo(OutputStream.nullOutputStream()),
        "corpus %s: unpacks to more than 64 MiB, expected at most that",
        bomb);
    Path plain = Files.writeString(folder.resolve("plain.gz"), "plain");
    refused(
        () -> input(plain).unpacked(100),
        "corpus %s: is not gzip'd, expected a file of texts, gzip'd",
        plain);
  }

  @Test
  void refusesALinkThatLeadsOutOfTheFoldersThatAreAllowed() throws IOException {
    Path allowed = Files.createDirectories(folder.resolve("allowed"));
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    Path link = Files.createSymbolicLink(allowed.resolve("corpus.txt"), secret);
    Roots roots = new Roots(List.of(allowed), folder.resolve("hub"));
    refused(
        () -> new InputFile(link, "corpus " + link, "a file of texts", roots).open().close(),
        "corpus %s: leads out of the folders that PIECRUST_ROOTS allows, expected a file in one of"
            + " them",
        link);
    assertThat(new InputFile(secret, "a", "b", roots).text(10)).isEqualTo("secret");
  }

  @Test
  void givesUpOnAFileThatGivesItsBytesTooSlowly() {
    long[] now = {0};
    InputStream slow =
        new LimitedStream(
            new ByteArrayInputStream(new byte[4]),
            "corpus a",
            4,
            LimitedStream.Beyond.IS_THE_END,
            () -> now[0] += 20_000_000_000L);
    assertThatThrownBy(
            () -> {
              while (slow.read() >= 0) {
                // until it throws
              }
            })
        .hasMessageStartingWith("corpus a: gives its bytes too slowly, 4 of them in 80 s");
    assertThat(now[0]).isLessThan(200_000_000_000L);
  }

  @Test
  void doesNotWaitForAnOpeningThatNeverEnds() {
    CountDownLatch never = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                OpeningInTime.of(
                    "corpus a",
                    () -> {
                      never.await();
                      return InputStream.nullInputStream();
                    },
                    e -> new PieCrustException(FailureCategory.INTERNAL, "not this", e),
                    1))
        .hasMessage("corpus a: could not be opened within 1 s");
    never.countDown();
  }
}
