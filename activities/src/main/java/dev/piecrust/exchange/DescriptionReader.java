package dev.piecrust.exchange;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.failure.Bounds;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.input.BoundedJson;
import dev.piecrust.input.Quote;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads descriptions in each of their forms. */
final class DescriptionReader {
  private static final String FORM = "description, and layer and index, or else a Cantor id";

  private static final String EXPECTED = "expected " + FORM;

  /** More features than anybody has described, and few enough for any memory. */
  static final int MOST = 1_000_000;

  private static final List<String> INDEX = List.of("index", "feature");
  private static final List<String> KEYS =
      List.of("description", "layer", "index", "feature", "id", "cantor_id");

  private static final List<String> ID = List.of("id", "cantor_id");

  /** A layer, or a source of Neuronpedia, which begins with it. */
  private static final Pattern LAYER = Pattern.compile("(\\d{1,9})(-.*)?");

  private static final int MOST_LAYER = 999_999_999;

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private final String name;
  private final boolean firstCounts;
  private final TreeMap<FeatureId, String> descriptions = new TreeMap<>();

  /**
   * @param name what errors call the file
   */
  DescriptionReader(String name) {
    this(name, false);
  }

  private DescriptionReader(String name, boolean firstCounts) {
    this.name = name;
    this.firstCounts = firstCounts;
  }

  /** Of a file in which several may have described a feature, of whom the first counts. */
  static DescriptionReader ofExport(String name) {
    return new DescriptionReader(name, true);
  }

  SortedMap<FeatureId, String> descriptions() {
    return descriptions;
  }

  /** An object by Cantor id, whose values have a description. */
  void readObject(InputStream in) throws IOException {
    try (JsonParser parser = BoundedJson.parser(text(in))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw user("%s: is no JSON object, %s", name, EXPECTED);
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        String where = "%s: '%s'".formatted(name, Quote.of(key));
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw user("%s: is no object, expected {\"description\": …}", where);
        }
        describe(key, feature(parser), where);
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw user("%s: goes on after its JSON object, expected no more", name);
      }
    } catch (JsonProcessingException e) {
      throw user("%s: %s, %s", name, BoundedJson.fault(e), EXPECTED);
    }
  }

  /** What counts of an object; the rest, however large, is passed over. */
  private static ObjectNode feature(JsonParser parser) throws IOException {
    ObjectNode feature = Json.mapper().createObjectNode();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      if (parser.nextToken().isScalarValue()) {
        if (KEYS.contains(key)) {
          feature.set(key, Json.mapper().readTree(parser));
        }
      } else {
        parser.skipChildren();
      }
    }
    return feature;
  }

  private void describe(String key, JsonNode feature, String where) {
    FeatureId id = cantor(key, where);
    Optional<FeatureId> told = pair(feature, where);
    if (told.isPresent() && !told.get().equals(id)) {
      throw user(
          "%s: is not the Cantor id of layer %d and index %d beside it, expected %d",
          where, told.get().layer(), told.get().index(), told.get().cantor());
    }
    add(id, feature, where);
  }

  /** An object a line. */
  void readLines(InputStream in) throws IOException {
    BufferedReader lines = new BufferedReader(text(in));
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (!line.isBlank()) {
        String where = "%s line %d".formatted(name, number);
        add(parse(line, where), where);
      }
    }
  }

  /** Bytes that are no text in UTF-8 are refused. */
  private static Reader text(InputStream in) {
    return new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
  }

  /** A record a line. */
  void readTable(InputStream in) {
    CsvRecords records = new CsvRecords(in, name);
    records.column("description");
    for (Optional<List<String>> record = records.next();
        record.isPresent();
        record = records.next()) {
      ObjectNode feature = Json.mapper().createObjectNode();
      for (String title : KEYS) {
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
    if (descriptions.size() == MOST) {
      throw user("%s: describes more than %d features, expected fewer", where, MOST);
    }
    if (!text.isEmpty() && descriptions.putIfAbsent(id, text) != null && !firstCounts) {
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
      throw user(
          "%s: layer is '%s', expected %s",
          where, Quote.of(layer.get()), Bounds.words(0, MOST_LAYER));
    }
    return Optional.of(
        new FeatureId(
            Integer.parseInt(told.group(1)),
            Math.toIntExact(number("index", index.get(), Integer.MAX_VALUE, where))));
  }

  private static FeatureId cantor(String text, String where) {
    try {
      return FeatureId.ofCantor(number("Cantor id", text, Long.MAX_VALUE, where));
    } catch (PieCrustException e) {
      String said = String.valueOf(e.getMessage());
      throw said.startsWith(where) ? e : user("%s: %s", where, said);
    }
  }

  private static long number(String what, String text, long most, String where) {
    if (!NUMBER.matcher(text).matches() || Long.parseLong(text) > most) {
      throw user("%s: %s is '%s', expected %s", where, what, Quote.of(text), Bounds.words(0, most));
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
    return BoundedJson.tree(text, where, FORM) instanceof ObjectNode node ? node : noObject(where);
  }

  private static ObjectNode noObject(String where) {
    throw user("%s: is no JSON object, %s", where, EXPECTED);
  }
}
