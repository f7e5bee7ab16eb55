package dev.piecrust.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/** A safetensors file of a given shape without its numbers: the rest of it is a hole on disk. */
final class HeaderOnly {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode header = JSON.createObjectNode();
  private final String dtype;
  private final int bytes;
  private long end;

  private HeaderOnly(String dtype, int bytes) {
    this.dtype = dtype;
    this.bytes = bytes;
  }

  static HeaderOnly bf16() {
    return new HeaderOnly("BF16", 2);
  }

  static HeaderOnly f32() {
    return new HeaderOnly("F32", 4);
  }

  HeaderOnly tensor(String name, long... shape) {
    long begin = end;
    end += bytes * Arrays.stream(shape).reduce(1, Math::multiplyExact);
    ObjectNode tensor = header.putObject(name).put("dtype", dtype);
    Arrays.stream(shape).forEach(tensor.putArray("shape")::add);
    tensor.putArray("data_offsets").add(begin).add(end);
    return this;
  }

  void write(Path file) {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] text = JSON.writeValueAsBytes(header);
      ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      out.write(length.putLong(text.length).array());
      out.write(text);
      out.setLength(Long.BYTES + text.length + end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
