package dev.piecrust.evidence;

import static dev.piecrust.failure.PieCrustException.user;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipException;

/** The lines of a corpus file, with their numbers. */
final class CorpusLines implements AutoCloseable {
  /** Far above any text; a file without line ends is no corpus. */
  private static final int LONGEST = 64 << 20;

  /** More than stand between any texts; a packed file of nothing else unpacks for hours. */
  private static final int MOST_BLANK = 10_000_000;

  private final Path file;
  private final InputStream in;
  private int number;

  CorpusLines(Path file) {
    this.file = file;
    this.in = CorpusFile.open(file);
  }

  /** The next line that is not blank, if there is one; one that is not text is a user error. */
  Optional<String> next() {
    try {
      int blank = 0;
      while (true) {
        Optional<byte[]> bytes = bytes();
        if (bytes.isEmpty()) {
          return Optional.empty();
        }
        String line = text(bytes.get());
        if (!line.isBlank()) {
          return Optional.of(line);
        }
        if (++blank > MOST_BLANK) {
          throw user(
              "%s: follows on more than %d blank lines, expected texts", where(), MOST_BLANK);
        }
      }
    } catch (ZipException | EOFException e) {
      throw user(
          "%s: the gzip'd file ends in the middle or is damaged, expected all of it", where());
    } catch (IOException e) {
      throw CorpusFile.unreadable(file, e);
    }
  }

  private Optional<byte[]> bytes() throws IOException {
    number++;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int c = in.read();
    if (c < 0) {
      return Optional.empty();
    }
    for (; c >= 0 && c != '\n'; c = in.read()) {
      line.write(c);
      if (line.size() > LONGEST) {
        throw user("%s: is longer than 64 MiB, expected a text of at most that", where());
      }
    }
    return Optional.of(line.toByteArray());
  }

  private String text(byte[] bytes) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') >= 0) {
        throw user("%s: is not text, expected UTF-8", where());
      }
      return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    } catch (CharacterCodingException e) {
      throw user("%s: is not text, expected UTF-8", where());
    }
  }

  /** Names the line that was read last. */
  String where() {
    return "corpus %s line %d".formatted(file, number);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw CorpusFile.unreadable(file, e);
    }
  }
}
