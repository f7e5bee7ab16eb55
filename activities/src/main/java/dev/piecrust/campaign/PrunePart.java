package dev.piecrust.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The {@code prune:} of a spec; what is left out is as in {@link PruneSpec#defaults()}. */
final class PrunePart {
  private static final List<String> KEYS =
      List.of("methods", "budgets", "corruption", "metric", "scope", "random", "batch");
  private static final YamlChoice<Method> METHODS = new YamlChoice<>(Method.class, Method::label);
  private static final YamlChoice<Corruption> CORRUPTIONS =
      new YamlChoice<>(Corruption.class, Corruption::label);
  private static final YamlChoice<Metric> METRICS = new YamlChoice<>(Metric.class, Metric::label);
  private static final YamlChoice<Scope> SCOPES = new YamlChoice<>(Scope.class, Scope::label);
  private static final long MOST_SEEDS = 1000;
  private static final long MOST_BATCH = 10_000;

  private final SpecProblems problems;

  PrunePart(SpecProblems problems) {
    this.problems = problems;
  }

  PruneSpec read(YamlMap spec) {
    YamlMap map = spec.map("prune", KEYS);
    YamlMap random = map.map("random", List.of("seeds"));
    return new PruneSpec(
        methods(map),
        budgets(map),
        CORRUPTIONS.read(map, "corruption", problems).orElse(Corruption.PROMPT),
        METRICS.read(map, "metric", problems).orElse(Metric.LOGIT_DIFF),
        SCOPES.read(map, "scope", problems).orElse(Scope.GLOBAL),
        random
            .whole("seeds", 1, MOST_SEEDS)
            .map(Math::toIntExact)
            .orElse(PruneSpec.DEFAULT_RANDOM_SEEDS),
        map.whole("batch", 1, MOST_BATCH).map(Math::toIntExact).orElse(PruneSpec.DEFAULT_BATCH),
        MethodSettings.defaults(),
        PruneSpec.DEFAULT_HELD_OUT);
  }

  private List<Method> methods(YamlMap map) {
    List<Method> methods = new ArrayList<>();
    String path = map.path("methods");
    for (Node item : items(map, "methods", "a list of methods, such as [fap, random]")) {
      Optional<String> later =
          item instanceof ScalarNode scalar
              ? LaterReleases.method(scalar.getValue())
              : Optional.empty();
      if (later.isPresent()) {
        problems.add(item.getStartMark(), path, later.get());
      } else {
        METHODS.read(path, item, problems).ifPresent(m -> once(methods, m, m.label(), path, item));
      }
    }
    return methods.isEmpty() ? PruneSpec.DEFAULT_METHODS : methods;
  }

  private List<Integer> budgets(YamlMap map) {
    List<Integer> budgets = new ArrayList<>();
    String path = map.path("budgets");
    for (Node item : items(map, "budgets", "a list of whole numbers, such as [50, 100]")) {
      YamlMap.whole(path, item, 1, Integer.MAX_VALUE, problems)
          .map(Math::toIntExact)
          .ifPresent(b -> once(budgets, b, b.toString(), path, item));
    }
    return budgets.isEmpty() ? PruneSpec.DEFAULT_BUDGETS : budgets;
  }

  private List<Node> items(YamlMap map, String key, String expected) {
    Optional<List<Node>> items = map.list(key, expected);
    if (items.isPresent() && items.get().isEmpty()) {
      map.node(key)
          .ifPresent(
              node ->
                  problems.add(
                      node.getStartMark(), map.path(key), "is empty, expected " + expected));
    }
    return items.orElse(List.of());
  }

  private <T> void once(List<T> all, T value, String name, String path, Node at) {
    if (all.contains(value)) {
      problems.add(at.getStartMark(), path, "'%s' is listed twice, expected once".formatted(name));
    } else {
      all.add(value);
    }
  }
}
