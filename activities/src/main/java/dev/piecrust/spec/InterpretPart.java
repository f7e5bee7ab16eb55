package dev.piecrust.spec;

import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.CorpusSpec;
import dev.piecrust.campaign.DescriptionsSpec;
import dev.piecrust.campaign.EvidenceSpec;
import dev.piecrust.campaign.FeatureRule;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import java.util.List;
import java.util.Optional;

/** The {@code interpret:} of a spec. */
final class InterpretPart {
  private final SpecPaths paths;
  private final LlmAccess access;
  private final SpecProblems problems;

  InterpretPart(SpecPaths paths, LlmAccess access, SpecProblems problems) {
    this.paths = paths;
    this.access = access;
    this.problems = problems;
  }

  /** Reads it; empty where there is none, or where something is wrong. */
  Optional<InterpretSpec> read(YamlMap spec, PruneSpec prune) {
    if (spec.node("interpret").isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = spec.map("interpret");
    FeatureRule features = features(map.map("features"), prune);
    Optional<CorpusSpec> corpus = corpus(map);
    EvidenceSpec evidence = evidence(map.map("evidence"));
    Optional<LlmSpec> llm = new LlmPart(access, problems).read(map);
    Optional<DescriptionsSpec> descriptions = new DescriptionsPart(paths, problems).read(map);
    return corpus.flatMap(
        c -> llm.map(l -> new InterpretSpec(features, c, evidence, l, descriptions)));
  }

  private FeatureRule features(YamlMap map, PruneSpec prune) {
    Method method =
        PruneKeys.METHODS.read(map, "method", problems).orElseGet(() -> usualMethod(prune));
    if (!prune.promptMethods().contains(method)) {
      note(
          map,
          "method",
          "'%s' is not among the methods that keep occurrences prompt by prompt, expected one of %s"
              .formatted(method.label(), labels(prune)));
      method = usualMethod(prune);
    }
    int budget = map.whole("budget", usualBudget(prune));
    if (!prune.budgets().contains(budget)) {
      note(
          map,
          "budget",
          "%d is not among prune.budgets, expected one of %s".formatted(budget, prune.budgets()));
      budget = usualBudget(prune);
    }
    return new FeatureRule(
        method,
        budget,
        map.whole("min_kept", FeatureRule.DEFAULT_MIN_KEPT),
        map.whole("at_most", FeatureRule.DEFAULT_AT_MOST));
  }

  private static Method usualMethod(PruneSpec prune) {
    List<Method> methods = prune.promptMethods();
    return methods.contains(Method.FAP_SYNERGY) ? Method.FAP_SYNERGY : methods.get(0);
  }

  private static int usualBudget(PruneSpec prune) {
    return prune.budgets().contains(InterpretKeys.USUAL_BUDGET)
        ? InterpretKeys.USUAL_BUDGET
        : prune.budgets().get(0);
  }

  private static String labels(PruneSpec prune) {
    return String.join(", ", prune.promptMethods().stream().map(Method::label).toList());
  }

  private Optional<CorpusSpec> corpus(YamlMap interpret) {
    if (interpret.required("corpus").isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = interpret.map("corpus");
    if (map.node("published").isPresent()) {
      note(map, "path", "is given beside published, expected one of them");
    } else {
      map.required("path", "a file of texts, or else a published folder of feature files");
    }
    Optional<String> path = map.node("path").flatMap(at -> paths.file(map.path("path"), at));
    Optional<String> published =
        map.node("published").flatMap(at -> paths.folder(map.path("published"), at));
    int windows = map.whole("windows", CorpusSpec.DEFAULT_WINDOWS);
    int tokens = map.whole("tokens", CorpusSpec.DEFAULT_TOKENS);
    return path.isPresent() == published.isPresent()
        ? Optional.empty()
        : Optional.of(new CorpusSpec(path, published, windows, tokens));
  }

  private static EvidenceSpec evidence(YamlMap map) {
    return new EvidenceSpec(
        map.whole("top", EvidenceSpec.DEFAULT_TOP),
        map.whole("per_stratum", EvidenceSpec.DEFAULT_PER_STRATUM),
        map.number("mark_share").orElse(EvidenceSpec.DEFAULT_MARK_SHARE));
  }

  private void note(YamlMap map, String key, String what) {
    map.node(key).ifPresent(node -> problems.add(node.getStartMark(), map.path(key), what));
  }
}
