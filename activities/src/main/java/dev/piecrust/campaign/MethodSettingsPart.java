package dev.piecrust.campaign;

import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The groups of {@code prune:} that belong to single methods; what is left out is as in {@link
 * MethodSettings#defaults()}.
 */
final class MethodSettingsPart {
  static final List<String> KEYS = List.of("synergy", "factp", "swap", "acdc", "ig", "iterative");

  private static final String ALL = "all";
  private static final YamlChoice<SwapSpec.Objective> OBJECTIVES =
      new YamlChoice<>(SwapSpec.Objective.class, SwapSpec.Objective::label);

  private final YamlMap prune;
  private final SpecProblems problems;
  private final MethodSettings defaults = MethodSettings.defaults();

  MethodSettingsPart(YamlMap prune, SpecProblems problems) {
    this.prune = prune;
    this.problems = problems;
  }

  MethodSettings read() {
    YamlMap ig = prune.map("ig", List.of("points"));
    YamlMap iterative = prune.map("iterative", List.of("rounds"));
    return new MethodSettings(
        synergy(),
        factp(),
        swap(),
        acdc(),
        whole(ig, "points", 1, defaults.igPoints()),
        whole(iterative, "rounds", 1, defaults.iterativeRounds()));
  }

  private SynergySpec synergy() {
    YamlMap map =
        prune.map(
            "synergy",
            List.of(
                "lambda",
                "boundary_percent",
                "boundary_cap",
                "partners",
                "partners_per_candidate",
                "seed"));
    SynergySpec paper = defaults.synergy();
    return new SynergySpec(
        map.number("lambda", v -> v >= 0, "a number of 0 or more").orElse(paper.lambda()),
        map.number("boundary_percent", v -> v >= 0 && v <= 200, "a number from 0 to 200")
            .orElse(paper.boundaryPercent()),
        whole(map, "boundary_cap", 0, paper.boundaryCap()),
        whole(map, "partners", 0, paper.partners()),
        whole(map, "partners_per_candidate", 0, paper.partnersPerCandidate()),
        map.whole("seed", 0, Long.MAX_VALUE).orElse(paper.seed()));
  }

  private FactpSpec factp() {
    YamlMap map = prune.map("factp", List.of("pool"));
    return map.node("pool")
        .flatMap(node -> pool(map.path("pool"), node))
        .map(FactpSpec::new)
        .orElse(defaults.factp());
  }

  private Optional<Integer> pool(String path, Node node) {
    String written = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (written.equals(ALL)) {
      return Optional.of(FactpSpec.ALL);
    }
    if (written.matches("[0-9]{1,9}") && Integer.parseInt(written) >= 1) {
      return Optional.of(Integer.valueOf(written));
    }
    problems.add(
        node.getStartMark(),
        path,
        "is %s, expected a whole number from 1 to 999999999, or all%s"
            .formatted(YamlMap.kind(node), Nearest.hint(written, List.of(ALL))));
    return Optional.empty();
  }

  private SwapSpec swap() {
    YamlMap map = prune.map("swap", List.of("rounds", "pool", "objective"));
    SwapSpec usual = defaults.swap();
    return new SwapSpec(
        whole(map, "rounds", 0, usual.rounds()),
        whole(map, "pool", 1, usual.pool()),
        OBJECTIVES.read(map, "objective", problems).orElse(usual.objective()));
  }

  private AcdcSpec acdc() {
    YamlMap map = prune.map("acdc", List.of("tau", "ratio"));
    AcdcSpec usual = defaults.acdc();
    return new AcdcSpec(
        map.number("tau", v -> v > 0, "a number above 0, in nats").orElse(usual.tau()),
        map.number("ratio", v -> v > 1, "a number above 1").orElse(usual.ratio()));
  }

  private static int whole(YamlMap map, String key, int least, int usual) {
    return map.whole(key, least, Integer.MAX_VALUE).map(Math::toIntExact).orElse(usual);
  }
}
