package dev.piecrust.spec;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.FactpSpec;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.MethodSettings;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SynergySpec;
import dev.piecrust.campaign.TaskSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a spec in the form in which {@link SpecReader} reads it, with its defaults filled in. */
public final class SpecDocument {
  private SpecDocument() {}

  /** The spec as one line of JSON, which is YAML too; equal specs give equal lines. */
  public static String write(CampaignSpec spec) {
    return Json.write(tree(spec));
  }

  /** The spec as nested maps and lists, in the order of docs/architecture.md §9. */
  public static Map<String, Object> tree(CampaignSpec spec) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", spec.name());
    Map<String, Object> subject = new LinkedHashMap<>();
    subject.put("model", spec.subject().model());
    subject.put("transcoder", spec.subject().transcoder());
    tree.put("subject", subject);
    List<Object> tasks = new ArrayList<>();
    spec.tasks().forEach(task -> tasks.add(task(task)));
    tree.put("tasks", tasks);
    tree.put("prune", prune(spec.prune()));
    spec.interpret().ifPresent(wanted -> tree.put("interpret", StagesDocument.tree(wanted)));
    spec.evaluate().ifPresent(wanted -> tree.put("evaluate", StagesDocument.tree(wanted)));
    tree.put("limits", limits(spec.limits()));
    return tree;
  }

  private static Map<String, Object> limits(LimitsSpec limits) {
    Map<String, Object> tree = new LinkedHashMap<>();
    limits.usd().ifPresent(usd -> tree.put("usd", usd));
    limits.requestsPerMinute().ifPresent(n -> tree.put("requests_per_minute", n));
    limits.tokensPerMinute().ifPresent(n -> tree.put("tokens_per_minute", n));
    tree.put("failure_share", limits.failureShare());
    return tree;
  }

  private static Map<String, Object> task(TaskSpec task) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("kind", task.kind().label());
    tree.put("name", task.name());
    tree.put("prompts", task.prompts());
    tree.put("seed", task.seed());
    task.path().ifPresent(path -> tree.put("path", path));
    return tree;
  }

  private static Map<String, Object> prune(PruneSpec prune) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("methods", prune.methods().stream().map(Method::label).toList());
    tree.put("budgets", prune.budgets());
    tree.put("corruption", prune.corruption().label());
    tree.put("metric", prune.metric().label());
    tree.put("scope", prune.scope().label());
    tree.put("random", Map.of("seeds", prune.randomSeeds()));
    tree.put("batch", prune.batch());
    tree.putAll(settings(prune.settings()));
    tree.put("held_out", prune.heldOut());
    return tree;
  }

  private static Map<String, Object> settings(MethodSettings settings) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("synergy", synergy(settings.synergy()));
    int pool = settings.factp().pool();
    tree.put("factp", Map.of("pool", pool == FactpSpec.ALL ? "all" : pool));
    Map<String, Object> swap = new LinkedHashMap<>();
    swap.put("rounds", settings.swap().rounds());
    swap.put("pool", settings.swap().pool());
    swap.put("objective", settings.swap().objective().label());
    tree.put("swap", swap);
    Map<String, Object> acdc = new LinkedHashMap<>();
    acdc.put("tau", settings.acdc().tau());
    acdc.put("ratio", settings.acdc().ratio());
    tree.put("acdc", acdc);
    tree.put("ig", Map.of("points", settings.igPoints()));
    tree.put("iterative", Map.of("rounds", settings.iterativeRounds()));
    return tree;
  }

  private static Map<String, Object> synergy(SynergySpec synergy) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("lambda", synergy.lambda());
    tree.put("boundary_percent", synergy.boundaryPercent());
    tree.put("boundary_cap", synergy.boundaryCap());
    tree.put("partners", synergy.partners());
    tree.put("partners_per_candidate", synergy.partnersPerCandidate());
    tree.put("seed", synergy.seed());
    return tree;
  }
}
