package dev.piecrust.bench.prune;

import static dev.piecrust.failure.PieCrustException.external;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * This machine's rates of reading a file from beginning to end, up to 512 MiB of it, on one thread;
 * the best of three.
 *
 * @param mapped bytes a second through a mapping
 * @param plain bytes a second through read calls
 */
public record ReadRate(double mapped, double plain) {
  private static final long MOST = 512L << 20;
  private static final int BLOCK = 1 << 20;

  static ReadRate of(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      double mapped = 0;
      double plain = 0;
      for (int i = 0; i < 3; i++) {
        mapped = Math.max(mapped, mapped(channel));
        plain = Math.max(plain, plain(channel));
      }
      return new ReadRate(mapped, plain);
    } catch (IOException e) {
      throw external(file + ": cannot be read", e);
    }
  }

  private static double mapped(FileChannel channel) throws IOException {
    long size = Math.min(MOST, channel.size());
    long from = System.nanoTime();
    MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
    byte[] block = new byte[BLOCK];
    while (map.hasRemaining()) {
      map.get(block, 0, Math.min(BLOCK, map.remaining()));
    }
    return size / ((System.nanoTime() - from) / 1e9);
  }

  private static double plain(FileChannel channel) throws IOException {
    long size = Math.min(MOST, channel.size());
    long from = System.nanoTime();
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    long done = 0;
    while (done < size) {
      block.clear();
      int n = channel.read(block, done);
      if (n < 0) {
        break;
      }
      done += n;
    }
    return done / ((System.nanoTime() - from) / 1e9);
  }
}
