package dev.piecrust.hub;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The right to write a content, for one download among all processes. */
final class BlobLock implements AutoCloseable {
  private final FileChannel channel;

  private BlobLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Empty where another download has it. */
  static Optional<BlobLock> tryTake(Path file) {
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel = FileChannel.open(file, CREATE, WRITE);
      if (taken(channel)) {
        return Optional.of(new BlobLock(channel));
      }
      channel.close();
      return Optional.empty();
    } catch (IOException e) {
      throw HubDisk.failure(file + " cannot be locked", e);
    }
  }

  private static boolean taken(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // another thread of this process
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw PieCrustException.external("a lock cannot be given back", e);
    }
  }
}
