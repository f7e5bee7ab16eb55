package dev.piecrust.tensor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes arrays of f32 as {@code numpy.savez} and {@code numpy.savez_compressed} do. */
public final class NpzWriter {
  private NpzWriter() {}

  /** The file's bytes. */
  public static byte[] npz(Map<String, RawTensor> arrays, boolean compressed) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, RawTensor> array : arrays.entrySet()) {
        byte[] whole = npy(array.getValue());
        CRC32 sum = new CRC32();
        sum.update(whole);
        ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
        entry.setMethod(compressed ? ZipEntry.DEFLATED : ZipEntry.STORED);
        entry.setSize(whole.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(whole);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** A text that ends where a multiple of 64 bytes does, and then the elements. */
  private static byte[] npy(RawTensor values) {
    String sides =
        values.dimensions().stream().map(String::valueOf).collect(Collectors.joining(", "));
    String shape = values.dimensions().size() == 1 ? sides + "," : sides;
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }".formatted(shape);
    text = text + " ".repeat(63 - (text.length() + 10) % 64) + "\n";
    ByteBuffer elements = values.bytes().duplicate();
    ByteBuffer whole =
        ByteBuffer.allocate(10 + text.length() + elements.remaining())
            .order(ByteOrder.LITTLE_ENDIAN);
    whole.put((byte) 0x93).put("NUMPY".getBytes(US_ASCII)).put((byte) 1).put((byte) 0);
    whole.putShort((short) text.length()).put(text.getBytes(US_ASCII)).put(elements);
    return whole.array();
  }
}
