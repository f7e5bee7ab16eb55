package dev.piecrust.input;

import static dev.piecrust.failure.PieCrustException.external;
import static dev.piecrust.failure.PieCrustException.user;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.failure.PieCrustException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file that a user names. It is opened only if it is a regular one, in a place that {@link Roots}
 * admit, and not exchanged for another meanwhile; it is read as far as it went when it was opened,
 * up to a limit, and never quoted. What is wrong with it is a user error of one sentence.
 */
public final class InputFile {
  /** What a file may hold that is read as a whole, packed or not. */
  public static final long WHOLE = 64L << 20;

  /** What a configuration or a spec may hold; the longest known, of a tokenizer, has 1.2 MB. */
  public static final long SMALL = 16L << 20;

  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final String name;
  private final String expected;
  private final Roots roots;

  /**
   * @param name what errors call the file, such as {@code corpus texts.csv}
   * @param expected what the file should be, for errors, such as {@code a file of texts}
   */
  public InputFile(Path path, String name, String expected) {
    this(path, name, expected, Roots.ofThisProcess());
  }

  InputFile(Path path, String name, String expected, Roots roots) {
    this.path = path;
    this.name = name;
    this.expected = expected;
    this.roots = roots;
  }

  /** Refuses what {@link #open} would refuse before the first byte. */
  public void require() {
    BasicFileAttributes unused = attributes(real());
  }

  /** The file's bytes; the stream's failures are this class's user errors, or external ones. */
  public InputStream open() {
    Path real = real();
    BasicFileAttributes before = attributes(real);
    InputStream in =
        opened(
            real,
            before,
            () -> Files.newInputStream(real, StandardOpenOption.READ, NOFOLLOW_LINKS));
    return new LimitedStream(
        in, name, before.size(), LimitedStream.Beyond.IS_THE_END, System::nanoTime);
  }

  /** The same of a file that is read as a whole and must not be longer than that. */
  public InputStream open(long most) {
    long size = attributes(real()).size();
    if (size > most) {
      throw user("%s: is %d bytes long, expected at most %s", name, size, Sizes.readable(most));
    }
    return open();
  }

  /** The unpacked content of a gzip'd file, however long. */
  public InputStream unpacked() {
    return unpack(open());
  }

  /** The unpacked content of a gzip'd file; more than this is a user error. */
  public InputStream unpacked(long most) {
    return limited(unpack(open(most)), most);
  }

  /** A gzip'd content that was taken from this file; more than this unpacked is a user error. */
  public InputStream unpacked(InputStream packed, long most) {
    return limited(unpack(packed), most);
  }

  private InputStream limited(InputStream unpacked, long most) {
    return new LimitedStream(
        unpacked, name, most, LimitedStream.Beyond.IS_REFUSED, System::nanoTime);
  }

  private InputStream unpack(InputStream packed) {
    try {
      return new GZIPInputStream(packed, BUFFER);
    } catch (ZipException | EOFException e) {
      throw user("%s: is not gzip'd, expected %s, gzip'd", name, expected);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The whole file, which must not be longer than that. */
  public byte[] bytes(long most) {
    try (InputStream in = open(most)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The whole file as a text in UTF-8, which must not be longer than so many bytes. */
  public String text(long most) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(most))).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw user("%s: is not a text in UTF-8, expected %s", name, expected);
    }
  }

  /** The whole file as one JSON value, which must not be longer than so many bytes. */
  public JsonNode json(long most) {
    return BoundedJson.tree(text(most), name, expected);
  }

  /** The file, to be mapped or read here and there. */
  public FileChannel channel() {
    Path real = real();
    return opened(
        real,
        attributes(real),
        () -> FileChannel.open(real, StandardOpenOption.READ, NOFOLLOW_LINKS));
  }

  /** Past all links, in a place that is allowed. */
  private Path real() {
    try {
      Path real = path.toRealPath();
      if (!roots.admit(path, real)) {
        throw user(
            "%s: leads out of the folders that %s allows, expected a file in one of them",
            name, Roots.VARIABLE);
      }
      return real;
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw user("%s: there is no such file, expected %s", name, expected);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private BasicFileAttributes attributes(Path real) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(real, BasicFileAttributes.class, NOFOLLOW_LINKS);
      if (found.isDirectory()) {
        throw user("%s: is a folder, expected %s", name, expected);
      }
      if (!found.isRegularFile()) {
        throw user("%s: is a device, a pipe or a socket, expected %s", name, expected);
      }
      return found;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Opens what was looked at before, and sees to it that this is what it opened. */
  private <T extends AutoCloseable> T opened(
      Path real, BasicFileAttributes before, OpeningInTime.Opening<T> opening) {
    T open = OpeningInTime.of(name, opening, this::unreadable);
    try {
      BasicFileAttributes after = attributes(real);
      if (Objects.equals(before.fileKey(), after.fileKey()) && real.equals(real())) {
        return open;
      }
      throw user(
          "%s: was exchanged for another file while it was opened, expected it to stay; try again",
          name);
    } catch (RuntimeException e) {
      close(open);
      throw e;
    }
  }

  private void close(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception e) {
      throw new IllegalStateException(name + " cannot be closed", e);
    }
  }

  private PieCrustException unreadable(Exception e) {
    return e instanceof AccessDeniedException
        ? user("%s: may not be read by this process, expected %s", name, expected)
        : external(name + ": cannot be read, the disk or the network failed", e);
  }
}
