package dev.piecrust.tensor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checked header of one safetensors file: 8 bytes of length (little-endian), that many bytes of
 * JSON, then the data, which the tensors must cover exactly, without overlap or gap.
 *
 * @param tensors by name, in the order of the data
 * @param metadata the free-form strings under {@code __metadata__}
 * @param dataStart the file offset of the data section
 */
record SafeTensorsHeader(
    Map<String, TensorInfo> tensors, Map<String, String> metadata, long dataStart) {
  /** The format's own limit. */
  private static final long MAX_HEADER = 100_000_000;

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  static SafeTensorsHeader read(MappedFile file) {
    Path path = file.path();
    long length = headerLength(file);
    byte[] text = new byte[(int) length + 8];
    file.copy(0, text, text.length);
    JsonNode root = parse(path, text);
    long dataStart = 8 + length;
    List<TensorInfo> infos = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      if (entry.getKey().equals("__metadata__")) {
        metadata.putAll(metadata(path, entry.getValue()));
      } else {
        infos.add(new TensorEntry(path, entry.getKey(), entry.getValue()).read());
      }
    }
    return new SafeTensorsHeader(
        inOrder(path, infos, file.size() - dataStart), metadata, dataStart);
  }

  private static long headerLength(MappedFile file) {
    if (file.size() < 8) {
      throw PieCrustException.user(
          "%s: is %d bytes long; expected a safetensors file, which starts with an 8-byte length",
          file.path(), file.size());
    }
    byte[] first = new byte[8];
    file.copy(0, first, 8);
    long length = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > MAX_HEADER || length > file.size() - 8) {
      throw PieCrustException.user(
          "%s: the header's length reads %s in a file of %d bytes; expected a whole safetensors"
              + " file",
          file.path(), Long.toUnsignedString(length), file.size());
    }
    return length;
  }

  private static JsonNode parse(Path path, byte[] text) {
    try {
      JsonNode root = JSON.readTree(text, 8, text.length - 8);
      if (!root.isObject()) {
        throw PieCrustException.user("%s: the header is not a JSON object", path);
      }
      return root;
    } catch (JsonProcessingException e) {
      throw PieCrustException.user(
          "%s: the header is not valid JSON (%s)", path, e.getOriginalMessage());
    } catch (IOException e) {
      throw PieCrustException.external(path + ": cannot be read", e);
    }
  }

  private static Map<String, String> metadata(Path path, JsonNode node) {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!entry.getValue().isTextual()) {
        throw PieCrustException.user(
            "%s: __metadata__ '%s' is %s; expected a string",
            path, entry.getKey(), entry.getValue().getNodeType());
      }
      metadata.put(entry.getKey(), entry.getValue().textValue());
    }
    return metadata;
  }

  private static Map<String, TensorInfo> inOrder(Path path, List<TensorInfo> infos, long dataSize) {
    infos.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    long at = 0;
    for (TensorInfo info : infos) {
      if (info.end() > dataSize) {
        throw PieCrustException.user(
            "%s: tensor '%s' ends at byte %d of the data, but the file holds only %d; is it"
                + " truncated?",
            path, info.name(), info.end(), dataSize);
      }
      if (info.begin() != at) {
        throw PieCrustException.user(
            "%s: tensor '%s' starts at byte %d of the data, %s; expected byte %d",
            path,
            info.name(),
            info.begin(),
            info.begin() < at ? "inside the tensor before it" : "leaving a gap",
            at);
      }
      at = info.end();
      tensors.put(info.name(), info);
    }
    if (at != dataSize) {
      throw PieCrustException.user(
          "%s: %d bytes follow the last tensor; expected none", path, dataSize - at);
    }
    return tensors;
  }
}
