package dev.piecrust.evidence;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.exchange.NeuronpediaExport;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.input.BoundedJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The activations of a Neuronpedia export: a window a line, with its {@code layer} (of a source,
 * such as {@code 3-clt-hp}), {@code index}, {@code tokens} and {@code values}. One that was drawn
 * from an interval of activations says so ({@code binMax} above 0); the others are the highest.
 */
final class NeuronpediaActivations implements PublishedSource {
  private static final String EXPECTED =
      "{\"layer\": \"3-set\", \"index\": \"17\", \"tokens\": […], \"values\": […]}";

  private static final Pattern LAYER = Pattern.compile("(\\d{1,6})(-.*)?");
  private static final Pattern INDEX = Pattern.compile("\\d{1,9}");

  /** Some 200 MB of windows of 128 tokens. */
  private static final int MOST = 20_000;

  private record Windows(List<PublishedRecord.Window> top, List<PublishedRecord.Window> drawn) {}

  private final Map<FeatureId, Windows> found = new HashMap<>();
  private int size;

  private NeuronpediaActivations() {}

  /** Reads all batches, of which the windows of the features wanted are kept. */
  static NeuronpediaActivations read(Path folder, Collection<FeatureId> wanted) {
    NeuronpediaActivations all = new NeuronpediaActivations();
    Set<FeatureId> of = new HashSet<>(wanted);
    for (Path batch : NeuronpediaExport.of(folder, NeuronpediaExport.ACTIVATIONS).batches()) {
      try (CorpusLines lines = new CorpusLines(batch)) {
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
          all.add(line(line.get(), lines), lines.where(), of);
        }
      }
    }
    return all;
  }

  /** Refuses, as a user error, a folder whose batches do not begin as they must. */
  static void check(Path folder) {
    for (Path batch : NeuronpediaExport.of(folder, NeuronpediaExport.ACTIVATIONS).batches()) {
      try (CorpusLines lines = new CorpusLines(batch)) {
        lines.next().ifPresent(line -> feature(line(line, lines), lines.where()));
      }
    }
  }

  private static JsonNode line(String text, CorpusLines lines) {
    return BoundedJson.tree(text, lines.where(), EXPECTED);
  }

  private static FeatureId feature(JsonNode line, String where) {
    Matcher layer = LAYER.matcher(line.path("layer").asText());
    String index = line.path("index").asText();
    if (!layer.matches() || !INDEX.matcher(index).matches()) {
      throw user("%s: names no feature, expected %s", where, EXPECTED);
    }
    return new FeatureId(Integer.parseInt(layer.group(1)), Integer.parseInt(index));
  }

  private void add(JsonNode line, String where, Set<FeatureId> wanted) {
    FeatureId feature = feature(line, where);
    if (!wanted.contains(feature)) {
      return;
    }
    if (++size > MOST) {
      throw user(
          "%s: there are more than %,d windows of the features wanted, expected fewer",
          where, MOST);
    }
    Windows windows =
        found.computeIfAbsent(feature, f -> new Windows(new ArrayList<>(), new ArrayList<>()));
    (line.path("binMax").asDouble() > 0 ? windows.drawn() : windows.top()).add(window(line, where));
  }

  private static PublishedRecord.Window window(JsonNode line, String where) {
    List<String> tokens = new ArrayList<>();
    List<Float> values = new ArrayList<>();
    line.path("tokens").forEach(token -> tokens.add(token.asText()));
    for (JsonNode value : line.path("values")) {
      if (!value.isNumber()) {
        throw user("%s: values holds what is no number, expected %s", where, EXPECTED);
      }
      values.add(value.floatValue());
    }
    if (tokens.isEmpty() || tokens.size() != values.size()) {
      throw user(
          "%s: has %d tokens and %d values, expected a value for each token",
          where, tokens.size(), values.size());
    }
    return new PublishedRecord.Window(tokens, values);
  }

  @Override
  public Optional<PublishedRecord> find(FeatureId feature) {
    return Optional.ofNullable(found.get(feature))
        .map(
            windows ->
                new PublishedRecord(
                    List.of(
                        new PublishedRecord.Quantile("top", windows.top()),
                        new PublishedRecord.Quantile("drawn", windows.drawn()))));
  }
}
