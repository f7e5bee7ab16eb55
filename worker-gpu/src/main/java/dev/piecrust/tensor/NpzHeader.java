package dev.piecrust.tensor;

import static dev.piecrust.failure.PieCrustException.user;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.Quote;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entries of an {@code .npz} file: a zip of {@code .npy} files, each a short text about the
 * array and then its elements. They are read where they lie, so they must be stored as {@code
 * numpy.savez} stores them: not compressed, row-major, little-endian; {@link InflatedArrays} comes
 * before.
 */
final class NpzHeader {
  private static final int END = 0x06054b50;
  private static final int ENTRY = 0x02014b50;
  private static final int LOCAL = 0x04034b50;

  /** An end of 22 bytes and a comment. */
  private static final int LONGEST_END = 22 + 0xffff;

  /** Of one entry; the text about an array takes a hundred bytes. */
  private static final int LONGEST_TEXT = 1 << 16;

  /** An array takes a few; guards against a nonsense number. */
  private static final int MOST_ENTRIES = 1_000;

  private static final Pattern DESCRIPTION = Pattern.compile("'descr':\\s*'([^']{1,9})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9, ]{0,99})\\)");

  private final MappedFile file;
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();

  private NpzHeader(MappedFile file) {
    this.file = file;
  }

  /** The arrays by name, each from its first byte in the file. */
  static Map<String, TensorInfo> read(MappedFile file) {
    NpzHeader header = new NpzHeader(file);
    header.readDirectory();
    return header.tensors;
  }

  private void readDirectory() {
    int length = (int) Math.min(LONGEST_END, file.size());
    ByteBuffer end = bytes(file.size() - length, length);
    int at = length - 22;
    while (at >= 0 && end.getInt(at) != END) {
      at--;
    }
    if (at < 0) {
      throw user("%s: has no zip directory at its end, expected an .npz file", file.path());
    }
    int entries = Short.toUnsignedInt(end.getShort(at + 10));
    if (entries > MOST_ENTRIES) {
      throw user("%s: has %d arrays, expected at most %d", file.path(), entries, MOST_ENTRIES);
    }
    long place = Integer.toUnsignedLong(end.getInt(at + 16));
    for (int i = 0; i < entries; i++) {
      place += readEntry(place);
    }
  }

  /** Reads an entry of the directory, and answers how long it is. */
  private int readEntry(long place) {
    ByteBuffer entry = bytes(place, 46);
    if (entry.getInt(0) != ENTRY) {
      throw user("%s: has a damaged zip directory, expected that of an .npz file", file.path());
    }
    int nameLength = Short.toUnsignedInt(entry.getShort(28));
    byte[] nameBytes = new byte[nameLength];
    bytes(place + 46, nameLength).get(nameBytes);
    String name = new String(nameBytes, UTF_8).replaceFirst("\\.npy$", "");
    if (entry.getShort(10) != 0) {
      throw wrong(name, "is compressed", "it stored, as numpy.savez does");
    }
    long size = Integer.toUnsignedLong(entry.getInt(24));
    long local = Integer.toUnsignedLong(entry.getInt(42));
    if (size == 0xffffffffL || local == 0xffffffffL) {
      throw wrong(name, "is 4 GiB or more", "a smaller array");
    }
    TensorInfo before = tensors.put(name, array(name, local, size));
    if (before != null) {
      throw wrong(name, "is there twice", "each array once");
    }
    return 46
        + nameLength
        + Short.toUnsignedInt(entry.getShort(30))
        + Short.toUnsignedInt(entry.getShort(32));
  }

  private TensorInfo array(String name, long local, long size) {
    ByteBuffer header = bytes(local, 30);
    if (header.getInt(0) != LOCAL) {
      throw user("%s: has a damaged zip entry, expected that of an .npz file", file.path());
    }
    long begin =
        local
            + 30
            + Short.toUnsignedInt(header.getShort(26))
            + Short.toUnsignedInt(header.getShort(28));
    ByteBuffer magic = bytes(begin, 12);
    boolean wide = magic.get(6) >= 2;
    if (magic.get(0) != (byte) 0x93 || magic.get(1) != 'N' || magic.get(5) != 'Y') {
      throw wrong(name, "is no .npy file", "one that numpy wrote");
    }
    long length =
        wide ? Integer.toUnsignedLong(magic.getInt(8)) : Short.toUnsignedInt(magic.getShort(8));
    if (length > LONGEST_TEXT) {
      throw wrong(name, "has a header of " + length + " bytes", "at most " + LONGEST_TEXT);
    }
    long start = begin + (wide ? 12 : 10);
    byte[] text = new byte[(int) length];
    bytes(start, text.length).get(text);
    TensorInfo info = info(name, new String(text, UTF_8), start + length);
    if (info.end() > begin + size || info.end() > file.size()) {
      throw wrong(name, "ends before its shape does", "all of its elements");
    }
    return info;
  }

  private TensorInfo info(String name, String text, long data) {
    String description = found(name, DESCRIPTION, text);
    DType type =
        switch (description) {
          case "<f2" -> DType.F16;
          case "<f4" -> DType.F32;
          case "<f8" -> DType.F64;
          default ->
              throw wrong(name, "has type '" + Quote.of(description) + "'", "<f2, <f4 or <f8");
        };
    if (found(name, ORDER, text).equals("True")) {
      throw wrong(name, "is column-major", "row-major");
    }
    List<Long> shape = new ArrayList<>();
    long elements = 1;
    try {
      for (String side : found(name, SHAPE, text).split(",")) {
        if (!side.isBlank()) {
          shape.add(Long.parseLong(side.trim()));
          elements = Math.multiplyExact(elements, shape.get(shape.size() - 1));
        }
      }
      long bytes = Math.multiplyExact(elements, type.bytes());
      return new TensorInfo(name, type, shape, data, Math.addExact(data, bytes));
    } catch (ArithmeticException | NumberFormatException e) {
      throw wrong(name, "has a shape that cannot be counted", "one that fits 64 bits");
    }
  }

  private String found(String name, Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw wrong(name, "has no description that can be read", "descr, fortran_order and shape");
    }
    return matcher.group(1);
  }

  private ByteBuffer bytes(long from, int length) {
    if (from < 0 || length < 0 || from + length > file.size()) {
      throw user("%s: ends too early, expected the whole .npz file", file.path());
    }
    byte[] bytes = new byte[length];
    file.copy(from, bytes, length);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private PieCrustException wrong(String name, String found, String expected) {
    return user("%s: array '%s' %s, expected %s", file.path(), Quote.of(name), found, expected);
  }
}
