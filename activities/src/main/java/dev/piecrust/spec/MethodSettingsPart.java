package dev.piecrust.spec;

import dev.piecrust.campaign.AcdcSpec;
import dev.piecrust.campaign.FactpSpec;
import dev.piecrust.campaign.MethodSettings;
import dev.piecrust.campaign.SwapSpec;
import dev.piecrust.campaign.SynergySpec;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The groups of {@code prune:} that belong to single methods; what is left out is as in {@link
 * MethodSettings#defaults()}.
 */
final class MethodSettingsPart {
  private static final String ALL = "all";
  private final YamlMap prune;
  private final SpecProblems problems;
  private final MethodSettings defaults = MethodSettings.defaults();

  MethodSettingsPart(YamlMap prune, SpecProblems problems) {
    this.prune = prune;
    this.problems = problems;
  }

  MethodSettings read() {
    return new MethodSettings(
        synergy(),
        factp(),
        swap(),
        acdc(),
        prune.map("ig").whole("points", defaults.igPoints()),
        prune.map("iterative").whole("rounds", defaults.iterativeRounds()));
  }

  private SynergySpec synergy() {
    YamlMap map = prune.map("synergy");
    SynergySpec paper = defaults.synergy();
    return new SynergySpec(
        map.number("lambda").orElse(paper.lambda()),
        map.number("boundary_percent").orElse(paper.boundaryPercent()),
        map.whole("boundary_cap", paper.boundaryCap()),
        map.whole("partners", paper.partners()),
        map.whole("partners_per_candidate", paper.partnersPerCandidate()),
        map.whole("seed").orElse(paper.seed()));
  }

  private FactpSpec factp() {
    YamlMap map = prune.map("factp");
    return map.node("pool")
        .flatMap(node -> pool(map, node))
        .map(FactpSpec::new)
        .orElse(defaults.factp());
  }

  private Optional<Integer> pool(YamlMap map, Node node) {
    String written = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (written.equals(ALL)) {
      return Optional.of(FactpSpec.ALL);
    }
    if (written.matches("[0-9]{1,9}") && Integer.parseInt(written) >= 1) {
      return Optional.of(Integer.valueOf(written));
    }
    problems.add(
        node.getStartMark(),
        map.path("pool"),
        "is %s, expected %s%s"
            .formatted(
                YamlMap.kind(node), map.expected("pool"), Nearest.hint(written, List.of(ALL))));
    return Optional.empty();
  }

  private SwapSpec swap() {
    YamlMap map = prune.map("swap");
    SwapSpec usual = defaults.swap();
    return new SwapSpec(
        map.whole("rounds", usual.rounds()),
        map.whole("pool", usual.pool()),
        MethodSettingsKeys.OBJECTIVES.read(map, "objective", problems).orElse(usual.objective()));
  }

  private AcdcSpec acdc() {
    YamlMap map = prune.map("acdc");
    AcdcSpec usual = defaults.acdc();
    return new AcdcSpec(
        map.number("tau").orElse(usual.tau()), map.number("ratio").orElse(usual.ratio()));
  }
}
