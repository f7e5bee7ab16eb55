package dev.piecrust.campaign;

import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The {@code evaluate:} of a spec; what is left out is as in its preset. */
final class EvaluatePart {
  private static final List<String> KEYS =
      List.of(
          "preset",
          "generation_calls",
          "texts_per_call",
          "rated_samples",
          "rating_batch",
          "top_share",
          "faithfulness",
          "factors",
          "steered_texts",
          "continuation_tokens",
          "gini_threshold",
          "seed");
  private static final String SHARE = "a number from 0 to 1";
  private static final YamlChoice<FadePreset> PRESETS =
      new YamlChoice<>(FadePreset.class, FadePreset::label);

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
    return there.map(node -> numbers(spec.map("evaluate", KEYS)));
  }

  private EvaluateSpec numbers(YamlMap map) {
    EvaluateSpec usual =
        EvaluateSpec.of(PRESETS.read(map, "preset", problems).orElse(FadePreset.PIE));
    return new EvaluateSpec(
        usual.preset(),
        whole(map, "generation_calls", 1, usual.generationCalls()),
        whole(map, "texts_per_call", 1, usual.textsPerCall()),
        whole(map, "rated_samples", 2, usual.ratedSamples()),
        whole(map, "rating_batch", 1, usual.ratingBatch()),
        map.number("top_share", v -> v >= 0 && v <= 1, SHARE).orElse(usual.topShare()),
        truth(map, "faithfulness").orElse(usual.faithfulness()),
        factors(map).orElse(usual.factors()),
        whole(map, "steered_texts", 1, usual.steeredTexts()),
        whole(map, "continuation_tokens", 1, usual.continuationTokens()),
        map.number("gini_threshold", v -> v >= 0 && v <= 1, SHARE).orElse(usual.giniThreshold()),
        map.whole("seed", 0, Long.MAX_VALUE).orElse(usual.seed()));
  }

  private Optional<Boolean> truth(YamlMap map, String key) {
    Optional<Node> node = map.node(key);
    Optional<Boolean> value =
        node.filter(ScalarNode.class::isInstance)
            .map(n -> ((ScalarNode) n).getValue())
            .filter(v -> v.equals("true") || v.equals("false"))
            .map(Boolean::valueOf);
    if (node.isPresent() && value.isEmpty()) {
      note(map, key, "is %s, expected true or false".formatted(YamlMap.kind(node.get())));
    }
    return value;
  }

  private Optional<List<Double>> factors(YamlMap map) {
    Optional<List<Node>> items = map.list("factors", "a list of numbers, such as [-10, 0, 10]");
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
      note(map, "factors", "are not what was expected: numbers, 0 and at least one other");
      return Optional.empty();
    }
    return Optional.of(factors);
  }

  private static int whole(YamlMap map, String key, int least, int usual) {
    return map.whole(key, least, Integer.MAX_VALUE).map(Math::toIntExact).orElse(usual);
  }

  private void note(YamlMap map, String key, String what) {
    map.node(key).ifPresent(node -> problems.add(node.getStartMark(), map.path(key), what));
  }
}
