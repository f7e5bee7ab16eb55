package dev.piecrust.report.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * A safetensors file that is handed on with more said in its metadata. Its header is JSON after
 * eight bytes of length; offsets count from its end, so the tensors stay as they are.
 *
 * @param header with the new metadata
 * @param tensors what follows the header
 */
record SafeTensorsCopy(ObjectNode header, InputStream tensors) {
  private static final String METADATA = "__metadata__";
  private static final int ALIGNMENT = 8;

  /** Reads the header of a file; the stream then stands at the tensors. */
  static SafeTensorsCopy of(InputStream in, Map<String, String> metadata) throws IOException {
    long length =
        ByteBuffer.wrap(in.readNBytes(Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    JsonNode header = Json.mapper().readTree(in.readNBytes(Math.toIntExact(length)));
    ObjectNode renewed = header.deepCopy();
    ObjectNode said = renewed.withObject(METADATA);
    metadata.forEach(said::put);
    return new SafeTensorsCopy(renewed, in);
  }

  /** A value of the metadata; empty where there is none. */
  String metadata(String key) {
    return header.path(METADATA).path(key).asText();
  }

  void writeTo(OutputStream out) throws IOException {
    byte[] json = Json.write(header).getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    out.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(padded.length)
            .array());
    out.write(padded);
    tensors.transferTo(out);
  }
}
