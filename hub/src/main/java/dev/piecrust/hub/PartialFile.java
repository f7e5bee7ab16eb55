package dev.piecrust.hub;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * What has arrived of a file.
 *
 * @param path where it is
 */
record PartialFile(Path path) {
  private static final int BUFFER = 1 << 16;

  long size() {
    try {
      return Files.exists(path) ? Files.size(path) : 0;
    } catch (IOException e) {
      throw HubDisk.failure(path + " cannot be looked at", e);
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw HubDisk.failure(path + " cannot be deleted", e);
    }
  }

  /**
   * Writes a body from this byte on; a body that fails leaves what has arrived of it.
   *
   * @param most what is longer than this is wrong, and more of it is not taken
   * @param arrived is told how much there is
   */
  void append(InputStream body, long from, long most, LongConsumer arrived) throws IOException {
    try (FileChannel out = open(from)) {
      byte[] buffer = new byte[BUFFER];
      long at = from;
      for (int n = body.read(buffer); n >= 0 && at <= most; n = body.read(buffer)) {
        write(out, ByteBuffer.wrap(buffer, 0, n));
        at += n;
        arrived.accept(at);
      }
    }
  }

  private FileChannel open(long from) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      return FileChannel.open(path, CREATE, WRITE).truncate(from).position(from);
    } catch (IOException e) {
      throw HubDisk.failure(path + " cannot be written", e);
    }
  }

  private void write(FileChannel out, ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        int unused = out.write(bytes);
      }
    } catch (IOException e) {
      throw HubDisk.failure(path + " cannot be written", e);
    }
  }
}
