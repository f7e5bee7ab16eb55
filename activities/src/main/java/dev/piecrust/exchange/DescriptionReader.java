package dev.piecrust.exchange;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.feature.FeatureId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads descriptions in each of their forms. */
final class DescriptionReader {
  private static final String EXPECTED =
      "expected description, and layer and index, or else a Cantor id";
  private static final List<String> INDEX = List.of("index", "feature");
  private static final List<String> ID = List.of("id", "cantor_id");

  /** A layer, or a source of Neuronpedia, which begins with it. */
  private static final Pattern LAYER = Pattern.compile("(\\d{1,9})(-.*)?");

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private final String name;
  private final TreeMap<FeatureId, String> descriptions = new TreeMap<>();

  /**
   * @param name what errors call the file
   */
  DescriptionReader(String name) {
    this.name = name;
  }

  SortedMap<FeatureId, String> descriptions() {
    return descriptions;
  }

  /** An object by Cantor id, whose values have a description. */
  void readObject(InputStream in) throws IOException {
    JsonNode root = parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      String where = "%s: '%s'".formatted(name, entry.getKey());
      if (!(entry.getValue() instanceof ObjectNode feature)) {
        throw user("%s is no object, expected {\"description\": …}", where);
      }
      FeatureId id = cantor(entry.getKey(), where);
      Optional<FeatureId> told = pair(feature, where);
      if (told.isPresent() && !told.get().equals(id)) {
        throw user(
            "%s is not the Cantor id of layer %d and index %d, which stand beside it",
            where, told.get().layer(), told.get().index());
      }
      add(id, feature, where);
    }
  }

  /** An object a line. */
  void readLines(InputStream in) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (!line.isBlank()) {
        String where = "%s line %d".formatted(name, number);
        add(parse(line, where), where);
      }
    }
  }

  /** A record a line. */
  void readTable(InputStream in) {
    CsvRecords records = new CsvRecords(in, name);
    records.column("description");
    for (Optional<List<String>> record = records.next();
        record.isPresent();
        record = records.next()) {
      ObjectNode feature = Json.mapper().createObjectNode();
      for (String title : List.of("description", "layer", "index", "feature", "id", "cantor_id")) {
        List<String> fields = record.get();
        records.find(title).ifPresent(column -> feature.put(title, fields.get(column)));
      }
      add(feature, records.where());
    }
  }

  private void add(JsonNode feature, String where) {
    FeatureId id =
        pair(feature, where)
            .or(() -> first(feature, ID).map(text -> cantor(text, where)))
            .orElseThrow(() -> user("%s: names no feature, %s", where, EXPECTED));
    add(id, feature, where);
  }

  private void add(FeatureId id, JsonNode feature, String where) {
    JsonNode description = feature.path("description");
    if (!description.isTextual() && !description.isNull()) {
      throw user("%s: has no description that is a text, %s", where, EXPECTED);
    }
    String text = description.isNull() ? "" : description.textValue().strip();
    if (!text.isEmpty() && descriptions.putIfAbsent(id, text) != null) {
      throw user(
          "%s: feature %d of layer %d is described before, expected it once",
          where, id.index(), id.layer());
    }
  }

  private static Optional<FeatureId> pair(JsonNode feature, String where) {
    Optional<String> layer = first(feature, List.of("layer"));
    Optional<String> index = first(feature, INDEX);
    if (layer.isEmpty() || index.isEmpty()) {
      return Optional.empty();
    }
    Matcher told = LAYER.matcher(layer.get());
    if (!told.matches()) {
      throw user("%s: layer is '%s', expected a whole number", where, layer.get());
    }
    return Optional.of(
        new FeatureId(
            Integer.parseInt(told.group(1)),
            Math.toIntExact(number("index", index.get(), Integer.MAX_VALUE, where))));
  }

  private static FeatureId cantor(String text, String where) {
    return FeatureId.ofCantor(number("Cantor id", text, Long.MAX_VALUE, where));
  }

  private static long number(String what, String text, long most, String where) {
    if (!NUMBER.matcher(text).matches() || Long.parseLong(text) > most) {
      throw user("%s: %s is '%s', expected a whole number", where, what, text);
    }
    return Long.parseLong(text);
  }

  /** The value of the first of these keys that is there. */
  private static Optional<String> first(JsonNode feature, List<String> keys) {
    return keys.stream()
        .map(feature::path)
        .filter(value -> value.isTextual() || value.isIntegralNumber())
        .map(JsonNode::asText)
        .findFirst();
  }

  private static JsonNode parse(String text, String where) {
    try {
      JsonNode node = Json.mapper().readTree(text);
      if (node instanceof ObjectNode) {
        return node;
      }
      throw user("%s: is no JSON object, %s", where, EXPECTED);
    } catch (JsonProcessingException e) {
      throw user("%s: is not JSON, %s", where, EXPECTED);
    }
  }
}
