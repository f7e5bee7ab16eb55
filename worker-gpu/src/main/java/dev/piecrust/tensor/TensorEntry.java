package dev.piecrust.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.Quote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One tensor's entry in a header, before it is believed. */
record TensorEntry(Path path, String name, JsonNode node) {

  TensorInfo read() {
    if (!node.isObject()) {
      throw wrong("is " + Quote.value(node), "an object with dtype, shape and data_offsets");
    }
    DType dtype = dtype();
    List<Long> shape = longs("shape");
    List<Long> offsets = longs("data_offsets");
    if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
      throw wrong(
          "has data_offsets " + Quote.of(offsets.toString()),
          "a begin and an end that is not before it");
    }
    long bytes = bytes(dtype, shape);
    long held = offsets.get(1) - offsets.get(0);
    if (bytes != held) {
      throw wrong(
          "holds " + held + " bytes",
          bytes + " for " + dtype + " of shape " + Quote.of(shape.toString()));
    }
    return new TensorInfo(name, dtype, shape, offsets.get(0), offsets.get(1));
  }

  private DType dtype() {
    String text = node.path("dtype").asText();
    return DType.named(text)
        .orElseThrow(
            () ->
                wrong(
                    "has dtype '" + Quote.of(text) + "'",
                    "one of " + Arrays.toString(DType.values())));
  }

  private List<Long> longs(String key) {
    JsonNode array = node.path(key);
    List<Long> values = new ArrayList<>();
    boolean good = array.isArray();
    for (JsonNode item : array) {
      good &= item.isIntegralNumber() && item.canConvertToLong() && item.longValue() >= 0;
      values.add(item.longValue());
    }
    if (!good) {
      throw wrong(
          "has "
              + key
              + " "
              + Quote.of(array.size() > 9 ? array.size() + " values" : array.toString()),
          "a list of whole numbers from 0 up");
    }
    return values;
  }

  private long bytes(DType dtype, List<Long> shape) {
    if (shape.contains(0L)) {
      return 0;
    }
    try {
      long bytes = dtype.bytes();
      for (long dimension : shape) {
        bytes = Math.multiplyExact(bytes, dimension);
      }
      return bytes;
    } catch (ArithmeticException e) {
      throw wrong(
          "has shape " + Quote.of(shape.toString()), "one whose bytes can be counted in 64 bits");
    }
  }

  private PieCrustException wrong(String found, String expected) {
    return PieCrustException.user(
        "%s: tensor '%s' %s; expected %s", path, Quote.of(name), found, expected);
  }
}
