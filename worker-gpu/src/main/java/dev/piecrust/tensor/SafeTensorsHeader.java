package dev.piecrust.tensor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.BoundedJson;
import dev.piecrust.input.Quote;
import java.io.CharConversionException;
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

  private static final JsonMapper JSON = BoundedJson.mapper();

  static SafeTensorsHeader read(MappedFile file) {
    Path path = file.path();
    long length = headerLength(file);
    byte[] text = new byte[(int) length + 8];
    file.copy(0, text, text.length);
    long dataStart = 8 + length;
    List<TensorInfo> infos = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(text, 8, text.length - 8)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw PieCrustException.user(
            "%s: the header is not a JSON object; expected one of tensors with dtype, shape and"
                + " data_offsets",
            path);
      }
      // Entry by entry, so that the first that is wrong is the last that is read.
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        JsonNode entry = BoundedJson.next(parser);
        if (name.equals("__metadata__")) {
          metadata.putAll(metadata(path, entry));
        } else {
          infos.add(new TensorEntry(path, name, entry).read());
        }
      }
      if (parser.nextToken() != null) {
        throw PieCrustException.user(
            "%s: the header goes on after its JSON object; expected no more", path);
      }
    } catch (JsonProcessingException e) {
      throw PieCrustException.user(
          "%s: the header %s; expected tensors with dtype, shape and data_offsets",
          path, BoundedJson.fault(e));
    } catch (CharConversionException e) {
      throw PieCrustException.user(
          "%s: the header is not a text in UTF-8; expected a JSON object of tensors", path);
    } catch (IOException e) {
      throw PieCrustException.external(path + ": cannot be read", e);
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

  private static Map<String, String> metadata(Path path, JsonNode node) {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!entry.getValue().isTextual()) {
        throw PieCrustException.user(
            "%s: __metadata__ '%s' is %s; expected a string",
            path, Quote.of(entry.getKey()), Quote.value(entry.getValue()));
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
            "%s: tensor '%s' ends at byte %d of the data, but the file holds only %d; expected"
                + " all of it",
            path, Quote.of(info.name()), info.end(), dataSize);
      }
      if (info.begin() != at) {
        throw PieCrustException.user(
            "%s: tensor '%s' starts at byte %d of the data, %s; expected byte %d",
            path,
            Quote.of(info.name()),
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
