package dev.piecrust.prune.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Corruption;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.Metric;
import dev.piecrust.model.Fixtures;
import dev.piecrust.model.Transformer;
import dev.piecrust.model.Transformer.Linearity;
import dev.piecrust.prune.OccurrenceFinder;
import dev.piecrust.prune.Occurrences;
import dev.piecrust.prune.PruningBatch;
import dev.piecrust.task.PromptPair;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.transcoder.Transcoder;
import dev.piecrust.transcoder.Transcoders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code fap} with corruption {@code zero} is the row of circuit-tracer's graph whose target is the
 * difference of the two logits; {@code circuit-tracer/make_fixtures.py} makes these rows.
 */
final class CircuitTracerTest {
  private static final Path RESOURCES = Path.of("src", "test", "resources", "circuit-tracer");

  @TempDir Path folder;
  private final NDManager manager = TensorRuntime.start().newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-clt",
        "llama-skip",
        "gemma2-clt",
        "gemma2-skip",
        "qwen3-clt",
        "qwen3-skip",
        "gemma3-clt",
        "gemma3-skip"
      })
  void scoresAreTheRowOfTheLogitDifference(String name) throws IOException {
    Path set = RESOURCES.resolve(name);
    JsonNode graph = Json.mapper().readTree(set.resolve("graph.json").toFile());
    Map<String, Double> expected = new TreeMap<>();
    double largest = 0;
    for (JsonNode edge : graph.path("row")) {
      String place = "%s %s %s".formatted(edge.path(0), edge.path(1), edge.path(2));
      expected.put(place, edge.path(3).doubleValue());
      largest = Math.max(largest, Math.abs(edge.path(3).doubleValue()));
    }
    Map<String, Double> found = scores(graph, set);
    assertThat(found).hasSizeGreaterThan(90).containsOnlyKeys(expected.keySet());
    double tolerance = 1e-5 * largest; // both are f32
    expected.forEach(
        (place, weight) ->
            assertThat(found.get(place)).as(place).isCloseTo(weight, within(tolerance)));
  }

  private Map<String, Double> scores(JsonNode graph, Path set) {
    int[] ids = Json.mapper().convertValue(graph.path("ids"), int[].class);
    TokenizedPair pair =
        new TokenizedPair(
            new PromptPair("a", "b", " c", " d"),
            ids,
            ids,
            graph.path("right").asInt(),
            graph.path("wrong").asInt());
    try (Transformer model =
            Fixtures.load(graph.path("checkpoint").asText(), folder.resolve("model"), manager);
        Transcoder transcoder = Transcoders.load(set, manager, model.layers(), model.width())) {
      Occurrences occurrences =
          new OccurrenceFinder(model, transcoder)
              .find(manager, List.of(pair), Corruption.ZERO)
              .get(0)
              .occurrences(Corruption.ZERO);
      try (PruningBatch batch =
          new PruningBatch(manager, model, transcoder, List.of(pair), List.of(occurrences))) {
        float[] scores = new Fap(Metric.LOGIT_DIFF, Linearity.LOCAL).score(batch).get(0);
        Map<String, Double> found = new TreeMap<>();
        for (int i = 0; i < scores.length; i++) {
          String place =
              "%d %d %d"
                  .formatted(
                      occurrences.layer()[i], occurrences.position()[i], occurrences.feature()[i]);
          found.put(place, (double) scores[i]);
        }
        return found;
      }
    }
  }
}
