package dev.piecrust.tensor;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.failure.PieCrustException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes safetensors files. Tensors are laid out by element size, then by name, so that every one
 * is aligned and the same content gives the same bytes.
 */
public final class SafeTensorsWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SafeTensorsWriter() {}

  /** Writes engine arrays as f32; the file appears whole or not at all. */
  public static void write(Path file, Map<String, NDArray> tensors, Map<String, String> metadata) {
    writeRaw(file, raw(tensors), metadata);
  }

  /** Writes engine arrays as f32. */
  public static void write(
      OutputStream out, Map<String, NDArray> tensors, Map<String, String> metadata)
      throws IOException {
    writeRaw(out, raw(tensors), metadata);
  }

  /** Writes plain arrays; the file appears whole or not at all. */
  public static void writeRaw(
      Path file, Map<String, RawTensor> tensors, Map<String, String> metadata) {
    Path target = file.toAbsolutePath();
    Path parent = target.resolveSibling(".");
    try {
      Path temporary = Files.createTempFile(parent, ".writing-", ".safetensors");
      try {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
          writeRaw(out, tensors, metadata);
        }
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw PieCrustException.external(file + ": cannot be written (" + e + ")", e);
    }
  }

  /** Writes plain arrays; the stream is left open. */
  public static void writeRaw(
      OutputStream out, Map<String, RawTensor> tensors, Map<String, String> metadata)
      throws IOException {
    Map<String, RawTensor> ordered = inOrder(tensors);
    byte[] header = header(ordered, metadata);
    out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
    out.write(header);
    WritableByteChannel channel = Channels.newChannel(out);
    for (RawTensor tensor : ordered.values()) {
      ByteBuffer bytes = tensor.bytes().duplicate();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
    out.flush();
  }

  private static Map<String, RawTensor> raw(Map<String, NDArray> tensors) {
    Map<String, RawTensor> raw = new LinkedHashMap<>();
    tensors.forEach((name, array) -> raw.put(name, RawTensor.of(array)));
    return raw;
  }

  private static Map<String, RawTensor> inOrder(Map<String, RawTensor> tensors) {
    List<Map.Entry<String, RawTensor>> entries = new ArrayList<>(tensors.entrySet());
    entries.sort(
        Comparator.comparingInt(
                (Map.Entry<String, RawTensor> entry) -> -entry.getValue().dtype().bytes())
            .thenComparing(Map.Entry::getKey));
    Map<String, RawTensor> ordered = new LinkedHashMap<>();
    entries.forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
    return ordered;
  }

  /** The JSON, filled up with blanks so that the data start at a multiple of 8 bytes. */
  private static byte[] header(Map<String, RawTensor> tensors, Map<String, String> metadata)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      root.set("__metadata__", JSON.valueToTree(new TreeMap<>(metadata)));
    }
    long at = 0;
    for (Map.Entry<String, RawTensor> entry : tensors.entrySet()) {
      RawTensor tensor = entry.getValue();
      ObjectNode node = root.putObject(entry.getKey());
      node.put("dtype", tensor.dtype().name());
      ArrayNode shape = node.putArray("shape");
      tensor.dimensions().forEach(shape::add);
      node.putArray("data_offsets").add(at).add(at + tensor.bytes().remaining());
      at += tensor.bytes().remaining();
    }
    byte[] json = JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }
}
