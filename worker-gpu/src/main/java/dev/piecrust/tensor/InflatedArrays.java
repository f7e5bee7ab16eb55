package dev.piecrust.tensor;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.PieCrustException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * What {@code numpy.savez_compressed} has packed, unpacked into a temporary file: rows are read
 * where they lie.
 */
final class InflatedArrays {
  /** Floating-point weights shrink by a tenth; guards against a bomb. */
  private static final long MOST_GROWTH = 20;

  private InflatedArrays() {}

  /** The file itself where nothing of it is packed. */
  static MappedFile open(Path file) {
    MappedFile mapped = MappedFile.open(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(zip.entries());
      if (entries.stream().allMatch(entry -> entry.getMethod() == ZipEntry.STORED)) {
        return mapped;
      }
      mapped.close();
      return unpacked(file, zip, entries);
    } catch (ZipException e) {
      return mapped; // whose reader says what is wrong
    } catch (IOException e) {
      throw PieCrustException.external(
          file + ": cannot be unpacked, the disk failed or is full", e);
    }
  }

  private static MappedFile unpacked(Path file, ZipFile zip, List<? extends ZipEntry> entries)
      throws IOException {
    try {
      return inflated(file, zip, entries);
    } catch (ZipException | EOFException e) {
      throw user(
          "%s: is damaged and cannot be unpacked, expected what numpy.savez_compressed wrote",
          file);
    }
  }

  private static MappedFile inflated(Path file, ZipFile zip, List<? extends ZipEntry> entries)
      throws IOException {
    long room = MOST_GROWTH * Files.size(file);
    Path target = Files.createTempFile("piecrust-", ".npz");
    try {
      try (OutputStream bytes = Files.newOutputStream(target);
          ZipOutputStream out = new ZipOutputStream(bytes)) {
        for (ZipEntry entry : entries) {
          room -= copy(file, zip, entry, out, room);
        }
      }
      return MappedFile.open(target, file);
    } finally {
      Files.delete(target); // the mapping keeps what it needs
    }
  }

  private static long copy(Path file, ZipFile zip, ZipEntry entry, ZipOutputStream out, long room)
      throws IOException {
    if (entry.getSize() < 0 || entry.getSize() > room) {
      throw user("%s: unpacks to more than 20 times its size, expected arrays of weights", file);
    }
    ZipEntry stored = new ZipEntry(entry.getName());
    stored.setMethod(ZipEntry.STORED);
    stored.setSize(entry.getSize());
    stored.setCrc(entry.getCrc());
    out.putNextEntry(stored);
    try (InputStream in = zip.getInputStream(entry)) {
      long copied = in.transferTo(out);
      out.closeEntry();
      return copied;
    }
  }
}
