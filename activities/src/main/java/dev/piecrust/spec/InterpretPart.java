package dev.piecrust.spec;

import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.CorpusSpec;
import dev.piecrust.campaign.FeatureRule;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import java.util.Optional;

/** The {@code interpret:} of a spec. */
record InterpretPart(RecordReader reader, LlmAccess access) {
  /** Reads it; empty where there is none, or where something is wrong. */
  Optional<InterpretSpec> read(YamlMap spec, PruneSpec prune) {
    if (spec.node("interpret").isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = spec.map("interpret");
    Values<InterpretSpec> values =
        reader.read(InterpretSpec.class, map, "features", "corpus", "llm", "descriptions");
    values.set("features", features(map.map("features"), prune));
    values.set("corpus", corpus(map));
    values.set("llm", new LlmPart(reader, access).read(map));
    values.set("descriptions", DescriptionsPart.read(reader, map));
    return values.make();
  }

  private Optional<FeatureRule> features(YamlMap map, PruneSpec prune) {
    Values<FeatureRule> values = reader.read(FeatureRule.class, map);
    Optional<Method> method = values.get("method", Method.class);
    if (method.filter(m -> !prune.promptMethods().contains(m)).isPresent()) {
      map.note(
          "method",
          "'%s' is not among the methods that keep occurrences prompt by prompt, expected one of %s"
              .formatted(
                  method.get().label(),
                  String.join(", ", prune.promptMethods().stream().map(Method::label).toList())));
      values.remove("method");
    }
    Optional<Integer> budget = values.get("budget", Integer.class);
    if (budget.filter(b -> !prune.budgets().contains(b)).isPresent()) {
      map.note(
          "budget",
          "%d is not among prune.budgets, expected one of %s"
              .formatted(budget.get(), prune.budgets()));
      values.remove("budget");
    }
    values.inherit(FeatureRule.usual(prune));
    return values.make();
  }

  private Optional<CorpusSpec> corpus(YamlMap interpret) {
    if (interpret.required("corpus").isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = interpret.map("corpus");
    Values<CorpusSpec> values = reader.read(CorpusSpec.class, map);
    if (map.node("published").isPresent()) {
      map.note("path", "is given beside published, expected one of them");
    } else {
      map.required("path", "a file of texts, or else a published folder of feature files");
    }
    return values.get("path", String.class).isPresent()
            == values.get("published", String.class).isPresent()
        ? Optional.empty()
        : values.make();
  }
}
