package dev.piecrust.hub;

import dev.piecrust.campaign.HubRef;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder with the files of a repository as they begin: small ones whole, and of safetensors the
 * header, in front of a hole as long as the weights are. Shapes can be read from it as from the
 * whole; it goes away when it is closed.
 */
public final class HeaderFolder implements AutoCloseable {
  /** A transcoder's header is much shorter, a model's seldom longer. */
  private static final int BEGINNING = 16 << 10;

  private final Path path;
  private final boolean ours;

  private HeaderFolder(Path path, boolean ours) {
    this.path = path;
    this.ours = ours;
  }

  /** A folder that has everything, and stays. */
  static HeaderFolder there(Path folder) {
    return new HeaderFolder(folder, false);
  }

  static HeaderFolder of(Download plan, Hub hub) {
    HeaderFolder folder = new HeaderFolder(temporary(), true);
    try {
      for (HubFile file : plan.needed().stream().filter(HubPart::tellsTheShape).toList()) {
        folder.add(plan, file, hub);
      }
      return folder;
    } catch (IOException e) {
      folder.close();
      throw HubDisk.failure(folder.path + " cannot be written", e);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("piecrust-hub-");
    } catch (IOException e) {
      throw HubDisk.failure("the folder of temporary files cannot be written", e);
    }
  }

  /** Whether everything is in it, and not only what tells the shape. */
  public boolean whole() {
    return !ours;
  }

  /** Where it is; not there any more once this is closed, unless everything had been downloaded. */
  public Path path() {
    return path;
  }

  private void add(Download plan, HubFile file, Hub hub) throws IOException {
    if (!plan.missing().contains(file)) {
      Files.createSymbolicLink(path.resolve(file.path()), plan.folder().resolve(file.path()));
    } else if (file.path().endsWith(HubPart.WEIGHTS)) {
      hole(path.resolve(file.path()), header(plan.ref(), file, hub), file.size());
    } else {
      Files.createSymbolicLink(path.resolve(file.path()), hub.content(plan.ref(), file));
    }
  }

  private static byte[] header(HubRef ref, HubFile file, Hub hub) {
    byte[] beginning = hub.beginning(ref, file, BEGINNING);
    if (beginning.length < Long.BYTES) {
      return beginning;
    }
    long length = Long.BYTES + ByteBuffer.wrap(beginning).order(ByteOrder.LITTLE_ENDIAN).getLong();
    boolean more = length > beginning.length && length <= Math.min(file.size(), Integer.MAX_VALUE);
    return more ? hub.beginning(ref, file, (int) length) : beginning;
  }

  private static void hole(Path target, byte[] beginning, long size) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(target.toFile(), "rw")) {
      file.write(beginning);
      file.setLength(size);
    }
  }

  @Override
  public void close() {
    if (ours) {
      HubDisk.delete(path);
    }
  }
}
