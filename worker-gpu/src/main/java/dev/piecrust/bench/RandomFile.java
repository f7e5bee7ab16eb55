package dev.piecrust.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A safetensors file of random tensors, written as fast as the disk takes it: every tensor is cut
 * from the endless repetition of a pool of normal numbers.
 */
final class RandomFile {

  /** A tensor: normal with a deviation, or one constant. */
  private record Part(String name, List<Long> shape, float spread, float constant) {
    long elements() {
      return shape.stream().reduce(1L, (a, b) -> a * b);
    }
  }

  private final RandomPool pool;
  private final boolean bf16;
  private final List<Part> parts = new ArrayList<>();

  RandomFile(RandomPool pool, boolean bf16) {
    this.pool = pool;
    this.bf16 = bf16;
  }

  RandomFile normal(String name, double spread, long... shape) {
    parts.add(new Part(name, Arrays.stream(shape).boxed().toList(), (float) spread, 0));
    return this;
  }

  RandomFile constant(String name, double value, long... shape) {
    parts.add(new Part(name, Arrays.stream(shape).boxed().toList(), 0, (float) value));
    return this;
  }

  void write(Path file) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(channel, header());
      for (Part part : parts) {
        repeat(channel, block(part), part.elements() * bytes());
      }
    } catch (IOException e) {
      throw PieCrustException.external(file + ": cannot be written (" + e + ")", e);
    }
  }

  private ByteBuffer header() throws IOException {
    ObjectNode root = new ObjectMapper().createObjectNode();
    long at = 0;
    for (Part part : parts) {
      ObjectNode node = root.putObject(part.name()).put("dtype", bf16 ? "BF16" : "F32");
      part.shape().forEach(node.withArray("shape")::add);
      long end = at + part.elements() * bytes();
      node.withArray("data_offsets").add(at).add(end);
      at = end;
    }
    byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer header = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(padded).put(json);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }

  private ByteBuffer block(Part part) {
    int n = (int) Math.min(part.elements(), RandomPool.SIZE);
    ByteBuffer block = ByteBuffer.allocateDirect(n * bytes()).order(ByteOrder.LITTLE_ENDIAN);
    int start = pool.nextStart();
    for (int i = 0; i < n; i++) {
      float value = part.constant() + part.spread() * pool.at(start + i);
      if (bf16) {
        block.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
      } else {
        block.putFloat(value);
      }
    }
    return block.flip();
  }

  private static void repeat(FileChannel channel, ByteBuffer block, long bytes) throws IOException {
    for (long left = bytes; left > 0; left -= block.limit()) {
      write(channel, block.slice(0, (int) Math.min(left, block.limit())));
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private int bytes() {
    return bf16 ? 2 : 4;
  }
}
