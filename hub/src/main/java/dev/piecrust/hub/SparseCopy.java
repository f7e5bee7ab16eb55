package dev.piecrust.hub;

import dev.piecrust.campaign.HubRef;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with the headers of one at the hub and with holes in place of its weights. */
final class SparseCopy implements AutoCloseable {
  /** A transcoder's header is much shorter, a model's seldom longer. */
  private static final int BEGINNING = 16 << 10;

  /** The directory of a zip and what is behind it; it takes some hundred bytes. */
  private static final int DIRECTORY = 4 << 10;

  /** The header of an entry with that of the array. */
  private static final int ARRAY = 512;

  private static final int END = 0x06054b50;
  private static final int ENTRY = 0x02014b50;
  private static final int SHORTEST_END = 22;
  private static final int SHORTEST_ENTRY = 46;

  private final RandomAccessFile copy;
  private final HubRef ref;
  private final HubFile file;
  private final Hub hub;

  private SparseCopy(Path target, HubRef ref, HubFile file, Hub hub) throws IOException {
    this.copy = new RandomAccessFile(target.toFile(), "rw");
    this.ref = ref;
    this.file = file;
    this.hub = hub;
    copy.setLength(file.size());
  }

  static void safetensors(Path target, HubRef ref, HubFile file, Hub hub) throws IOException {
    try (SparseCopy made = new SparseCopy(target, ref, file, hub)) {
      ByteBuffer beginning = made.fill(0, BEGINNING);
      if (beginning.remaining() >= Long.BYTES) {
        long length = Long.BYTES + beginning.getLong(0);
        if (length > BEGINNING && length <= Math.min(file.size(), Integer.MAX_VALUE)) {
          made.fill(0, (int) length);
        }
      }
    }
  }

  /**
   * The same of an {@code .npz}, whose directory is at its end. False, and nothing is there, where
   * it is packed or is something else: then it takes the whole file to tell.
   */
  static boolean arrays(Path target, HubRef ref, HubFile file, Hub hub) throws IOException {
    boolean whole;
    try (SparseCopy made = new SparseCopy(target, ref, file, hub)) {
      whole = made.fillArrays();
    }
    if (!whole) {
      Files.delete(target);
    }
    return whole;
  }

  private boolean fillArrays() throws IOException {
    long from = Math.max(0, file.size() - DIRECTORY);
    ByteBuffer tail = fill(from, DIRECTORY);
    int end = tail.remaining() - SHORTEST_END;
    while (end >= 0 && tail.getInt(end) != END) {
      end--;
    }
    if (end < 0) {
      return false;
    }
    int entries = Short.toUnsignedInt(tail.getShort(end + 10));
    long place = Integer.toUnsignedLong(tail.getInt(end + 16)) - from;
    for (int i = 0; i < entries; i++) {
      if (place < 0 || place + SHORTEST_ENTRY > end || tail.getInt((int) place) != ENTRY) {
        return false;
      }
      int at = (int) place;
      boolean packed = tail.getShort(at + 10) != 0;
      long local = Integer.toUnsignedLong(tail.getInt(at + 42));
      if (packed || local >= file.size()) {
        return false;
      }
      fill(local, ARRAY);
      for (int length : new int[] {28, 30, 32}) { // of the name, of more about it, of a comment
        place += Short.toUnsignedInt(tail.getShort(at + length));
      }
      place += SHORTEST_ENTRY;
    }
    return true;
  }

  private ByteBuffer fill(long from, int bytes) throws IOException {
    byte[] part = hub.part(ref, file, from, bytes);
    copy.seek(from);
    copy.write(part);
    return ByteBuffer.wrap(part).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    copy.close();
  }
}
