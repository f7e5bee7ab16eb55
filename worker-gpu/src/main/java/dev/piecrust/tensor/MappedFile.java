package dev.piecrust.tensor;

import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.InputFile;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file mapped read-only, in windows, because one buffer holds at most 2 GB. Only the pages that
 * are read come into memory.
 */
final class MappedFile implements AutoCloseable {
  private static final long WINDOW = 1L << 30;

  private final Path path;
  private final long size;
  private MappedByteBuffer[] windows;

  private MappedFile(Path path, long size, MappedByteBuffer[] windows) {
    this.path = path;
    this.size = size;
    this.windows = windows;
  }

  static MappedFile open(Path path) {
    return open(path, path);
  }

  /**
   * The same.
   *
   * @param name what messages call it
   */
  static MappedFile open(Path path, Path name) {
    try (FileChannel channel =
        new InputFile(path, path.toString(), "a safetensors file").channel()) {
      long size = channel.size();
      MappedByteBuffer[] windows = new MappedByteBuffer[(int) ((size + WINDOW - 1) / WINDOW)];
      for (int i = 0; i < windows.length; i++) {
        long start = i * WINDOW;
        windows[i] =
            channel.map(FileChannel.MapMode.READ_ONLY, start, Math.min(WINDOW, size - start));
      }
      return new MappedFile(name, size, windows);
    } catch (IOException e) {
      throw PieCrustException.external(
          path + ": cannot be mapped, the disk or the network failed", e);
    }
  }

  Path path() {
    return path;
  }

  long size() {
    return size;
  }

  /** Copies {@code length} bytes that start at {@code offset}, across windows where need be. */
  void copy(long offset, byte[] target, int length) {
    if (windows.length == 0 && length > 0) {
      throw new IllegalStateException(path + " is closed");
    }
    int done = 0;
    while (done < length) {
      long at = offset + done;
      MappedByteBuffer window = windows[(int) (at / WINDOW)];
      int start = (int) (at % WINDOW);
      int count = Math.min(length - done, window.capacity() - start);
      window.get(start, target, done, count);
      done += count;
    }
  }

  /** Lets go of the mapping; the memory goes back when the collector runs. */
  @Override
  public void close() {
    windows = new MappedByteBuffer[0];
  }
}
