package dev.piecrust.spec;

import dev.piecrust.campaign.Corruption;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.Metric;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.Scope;

/** The keys of {@code prune:}. */
final class PruneKeys {
  static final YamlChoice<Method> METHODS = new YamlChoice<>(Method.class, Method::label);
  static final YamlChoice<Corruption> CORRUPTIONS =
      new YamlChoice<>(Corruption.class, Corruption::label);
  static final YamlChoice<Metric> METRICS = new YamlChoice<>(Metric.class, Metric::label);
  static final YamlChoice<Scope> SCOPES = new YamlChoice<>(Scope.class, Scope::label);

  /** One of the numbers that {@code budgets} lists. */
  static final SpecValue.Whole BUDGET = new SpecValue.Whole(1, Integer.MAX_VALUE);

  private static final int MOST_SEEDS = 1000;
  private static final int MOST_BATCH = 10_000;
  private static final PruneSpec USUAL = PruneSpec.defaults();

  static final SpecKey ALL =
      SpecKey.group(
          "prune",
          "Stage I: which methods choose what is kept, and how much of it.",
          SpecKey.of(
              "methods",
              new SpecValue.Items(METHODS.value(), "a list of methods, such as [fap, random]"),
              "[%s]".formatted(METHODS.names(USUAL.methods())),
              "What chooses, in the order of the tables: any of %s."
                  .formatted(String.join(", ", METHODS.names()))),
          SpecKey.of(
              "budgets",
              new SpecValue.Items(BUDGET, "a list of whole numbers, such as [50, 100]"),
              USUAL.budgets().toString(),
              "How many occurrences are kept of each prompt."),
          SpecKey.choice(
              "corruption",
              CORRUPTIONS,
              USUAL.corruption().label(),
              "What an activation is compared with: the corrupted prompt's at the same place, or"
                  + " zero."),
          SpecKey.choice(
              "metric",
              METRICS,
              USUAL.metric().label(),
              "The number that is attributed: the right minus the wrong answer's logit at the last"
                  + " position, or the log-sum-exp of the logits, summed over positions."),
          SpecKey.choice(
              "scope",
              SCOPES,
              USUAL.scope().label(),
              "What a budget is for: the whole prompt, or each layer of it."),
          SpecKey.group(
              "random",
              "Of the method random.",
              SpecKey.whole(
                  "seeds", 1, MOST_SEEDS, USUAL.randomSeeds(), "Draws that it is the mean of.")),
          SpecKey.of(
              "held_out",
              SpecValue.Decimal.atLeast(0).below(0.5),
              USUAL.heldOut(),
              "Share of the prompts on which circuits are measured, and which no choice sees; as"
                  + " many again validate circuit-swap. 0 for no circuits."),
          SpecKey.whole(
              "batch",
              1,
              MOST_BATCH,
              USUAL.batch(),
              "Prompts that are scored together: it decides memory and speed, not results."),
          MethodSettingsKeys.SYNERGY,
          MethodSettingsKeys.FACTP,
          MethodSettingsKeys.SWAP,
          MethodSettingsKeys.ACDC,
          MethodSettingsKeys.IG,
          MethodSettingsKeys.ITERATIVE);

  private PruneKeys() {}
}
