package dev.piecrust.bench.prune;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.tensor.DType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A safetensors file of random tensors, written as fast as the disk takes it: every tensor is cut
 * from the endless repetition of a pool of normal numbers.
 *
 * @param dtype of all tensors, {@code BF16} or {@code F32}
 */
record RandomFile(List<RandomTensor> tensors, DType dtype) {
  void write(Path file, RandomPool pool) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer header = header();
      long start = header.limit();
      write(channel, header, 0);
      for (RandomTensor tensor : tensors) {
        write(channel, tensor, block(tensor, pool), start);
        start += tensor.elements() * dtype.bytes();
      }
    } catch (IOException e) {
      throw PieCrustException.external(file + ": cannot be written (" + e + ")", e);
    }
  }

  private ByteBuffer header() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.putObject("__metadata__").put("format", "pt"); // transformers asks for it
    long at = 0;
    for (RandomTensor tensor : tensors) {
      ObjectNode node = root.putObject(tensor.name()).put("dtype", dtype.name());
      tensor.shape().forEach(node.withArray("shape")::add);
      long end = at + tensor.elements() * dtype.bytes();
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

  private ByteBuffer block(RandomTensor tensor, RandomPool pool) {
    int n = (int) Math.min(tensor.elements(), RandomPool.SIZE);
    ByteBuffer block = ByteBuffer.allocateDirect(n * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    int start = pool.nextStart();
    for (int i = 0; i < n; i++) {
      float number = tensor.value() + tensor.spread() * pool.at(start + i);
      if (dtype == DType.BF16) {
        block.putShort((short) (Float.floatToRawIntBits(number) >>> 16));
      } else {
        block.putFloat(number);
      }
    }
    return block.flip();
  }

  /** A tensor whose first byte is at {@code start}, around its holes. */
  private void write(FileChannel channel, RandomTensor tensor, ByteBuffer block, long start)
      throws IOException {
    long bytes = tensor.elements() * dtype.bytes();
    long step = tensor.hole() == 0 ? bytes : bytes / tensor.shape().get(0);
    for (long at = 0; at < bytes; at += step) {
      repeat(channel, block, start, at + tensor.hole() * dtype.bytes(), at + step);
    }
  }

  private static void repeat(FileChannel channel, ByteBuffer block, long start, long from, long to)
      throws IOException {
    long at = from;
    while (at < to) {
      int first = (int) (at % block.limit());
      int length = (int) Math.min(to - at, block.limit() - first);
      write(channel, block.slice(first, length), start + at);
      at += length;
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
    long next = at;
    while (bytes.hasRemaining()) {
      next += channel.write(bytes, next);
    }
  }
}
