package dev.piecrust.spec;

import dev.piecrust.campaign.Corruption;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.Metric;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** The {@code prune:} of a spec; what is left out is as in {@link PruneSpec#defaults()}. */
final class PrunePart {
  private final SpecProblems problems;

  PrunePart(SpecProblems problems) {
    this.problems = problems;
  }

  PruneSpec read(YamlMap spec) {
    YamlMap map = spec.map("prune");
    List<Method> methods = methods(map);
    return new PruneSpec(
        methods,
        budgets(map),
        PruneKeys.CORRUPTIONS.read(map, "corruption", problems).orElse(Corruption.PROMPT),
        PruneKeys.METRICS.read(map, "metric", problems).orElse(Metric.LOGIT_DIFF),
        PruneKeys.SCOPES.read(map, "scope", problems).orElse(Scope.GLOBAL),
        map.map("random").whole("seeds", PruneSpec.DEFAULT_RANDOM_SEEDS),
        map.whole("batch", PruneSpec.DEFAULT_BATCH),
        new MethodSettingsPart(map, problems).read(),
        heldOut(map, methods));
  }

  private List<Method> methods(YamlMap map) {
    List<Method> methods = new ArrayList<>();
    String path = map.path("methods");
    for (Node item : items(map, "methods")) {
      PruneKeys.METHODS
          .read(path, item, problems)
          .ifPresent(m -> once(methods, m, m.label(), path, item));
    }
    if (methods.equals(List.of(Method.CIRCUIT_SWAP))) {
      note(map, "methods", "has circuit-swap alone, expected a method beside it, such as fap");
      return PruneSpec.DEFAULT_METHODS;
    }
    return methods.isEmpty() ? PruneSpec.DEFAULT_METHODS : methods;
  }

  private double heldOut(YamlMap map, List<Method> methods) {
    double share = map.number("held_out").orElse(PruneSpec.DEFAULT_HELD_OUT);
    if (share == 0 && methods.contains(Method.CIRCUIT_SWAP)) {
      note(map, "held_out", "is 0, but circuit-swap needs prompts held out, expected more than 0");
      return PruneSpec.DEFAULT_HELD_OUT;
    }
    return share;
  }

  private List<Integer> budgets(YamlMap map) {
    List<Integer> budgets = new ArrayList<>();
    String path = map.path("budgets");
    for (Node item : items(map, "budgets")) {
      YamlMap.whole(path, item, PruneKeys.BUDGET, problems)
          .map(Math::toIntExact)
          .ifPresent(b -> once(budgets, b, b.toString(), path, item));
    }
    return budgets.isEmpty() ? PruneSpec.DEFAULT_BUDGETS : budgets;
  }

  private List<Node> items(YamlMap map, String key) {
    Optional<List<Node>> items = map.list(key);
    if (items.isPresent() && items.get().isEmpty()) {
      note(map, key, "is empty, expected " + map.expected(key));
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

  private void note(YamlMap map, String key, String what) {
    map.node(key).ifPresent(node -> problems.add(node.getStartMark(), map.path(key), what));
  }
}
