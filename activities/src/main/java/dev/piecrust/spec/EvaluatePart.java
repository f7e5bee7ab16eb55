package dev.piecrust.spec;

import static java.util.stream.Collectors.joining;

import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.campaign.FadePreset;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The {@code evaluate:} of a spec; what is left out is as in its preset. */
final class EvaluatePart {
  private static final int SHOWN = 20;

  private final SpecProblems problems;

  EvaluatePart(SpecProblems problems) {
    this.problems = problems;
  }

  /** Reads it; empty where there is none. */
  Optional<EvaluateSpec> read(YamlMap spec) {
    Optional<Node> there = spec.node("evaluate");
    if (there.isPresent() && spec.node("interpret").isEmpty()) {
      problems.add(
          there.get().getStartMark(),
          "evaluate",
          "has nothing to evaluate, expected an interpret beside it");
    }
    return there.map(node -> numbers(spec.map("evaluate")));
  }

  private EvaluateSpec numbers(YamlMap map) {
    EvaluateSpec usual =
        EvaluateSpec.of(EvaluateKeys.PRESETS.read(map, "preset", problems).orElse(FadePreset.PIE));
    return new EvaluateSpec(
        usual.preset(),
        map.whole("generation_calls", usual.generationCalls()),
        map.whole("texts_per_call", usual.textsPerCall()),
        map.whole("rated_samples", usual.ratedSamples()),
        map.whole("rating_batch", usual.ratingBatch()),
        map.number("top_share").orElse(usual.topShare()),
        map.truth("faithfulness").orElse(usual.faithfulness()),
        factors(map).orElse(usual.factors()),
        map.whole("steered_texts", usual.steeredTexts()),
        map.whole("continuation_tokens", usual.continuationTokens()),
        map.number("gini_threshold").orElse(usual.giniThreshold()),
        map.whole("seed").orElse(usual.seed()));
  }

  private Optional<List<Double>> factors(YamlMap map) {
    Optional<List<Node>> items = map.list("factors");
    if (items.isEmpty()) {
      return Optional.empty();
    }
    List<Double> factors =
        items.get().stream()
            .map(node -> node instanceof ScalarNode scalar ? scalar.getValue() : "")
            .filter(v -> v.matches("[-+]?([0-9]{1,9}\\.?[0-9]*|\\.[0-9]+)"))
            .map(Double::valueOf)
            .toList();
    if (factors.size() < items.get().size()
        || !factors.contains(0.0)
        || factors.stream().distinct().count() < 2) {
      note(
          map,
          "factors",
          "is [%s], expected %s"
              .formatted(
                  items.get().stream().map(YamlMap::kind).limit(SHOWN).collect(joining(", ")),
                  EvaluateSpec.FACTORS_WORDS));
      return Optional.empty();
    }
    return Optional.of(factors);
  }

  private void note(YamlMap map, String key, String what) {
    map.node(key).ifPresent(node -> problems.add(node.getStartMark(), map.path(key), what));
  }
}
