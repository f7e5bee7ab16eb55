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
      write(channel, header());
      for (RandomTensor tensor : tensors) {
        repeat(channel, block(tensor, pool), tensor.elements() * dtype.bytes());
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
}
