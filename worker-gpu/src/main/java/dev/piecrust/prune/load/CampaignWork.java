package dev.piecrust.prune.load;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.estimate.Range;
import dev.piecrust.prune.method.MethodCode;
import dev.piecrust.train.Training;

/**
 * What a campaign asks of the device, counted from its spec and the shape of its subject. It is a
 * plan, not a measurement: prompts are as long as the generated ones usually are, and a patched run
 * costs the share of a pass that lies behind its patch.
 *
 * @param prunePasses passes of one prompt, for all prompts
 * @param flops of training, pruning, evidence and steering together
 */
public record CampaignWork(Range prunePasses, Range flops) {
  /** Clean, corrupted, and with everything removed. */
  private static final int SHARED_PASSES = 3;

  private static final Range PROMPT_TOKENS = new Range(15, 25, 60);

  /**
   * Counts a campaign's work.
   *
   * @param features that will be explained; 0 where none are
   */
  public static CampaignWork of(CampaignSpec spec, SubjectShape shape, Range features) {
    int prompts = spec.tasks().stream().mapToInt(TaskSpec::prompts).sum();
    Range passes = passes(spec.prune()).times(prompts);
    Range prune = passes.times(PROMPT_TOKENS).times(2.0 * shape.parameters());
    double encode = 2.0 * shape.layers() * shape.features() * shape.width();
    Range encoding = PROMPT_TOKENS.times(encode * SHARED_PASSES * prompts);
    Range later =
        spec.interpret()
            .map(interpret -> evidence(interpret, shape))
            .orElse(Range.ZERO)
            .plus(
                spec.evaluate()
                    .map(evaluate -> steering(evaluate, spec, shape).times(features))
                    .orElse(Range.ZERO));
    double train =
        spec.train()
            .map(one -> Training.flops(one, shape.parameters(), shape.layers(), shape.width()))
            .orElse(0.0);
    return new CampaignWork(passes, prune.plus(encoding).plus(later).plus(Range.exactly(train)));
  }

  /** Passes for one prompt. */
  private static Range passes(PruneSpec spec) {
    int budgets = spec.budgets().size();
    Range all = Range.exactly(SHARED_PASSES);
    for (Method method : spec.promptMethods()) {
      int sets = method == Method.RANDOM ? spec.randomSeeds() * (budgets + 6) : budgets;
      all = all.plus(Range.exactly(2.0 * sets)).plus(MethodCode.of(method).passes(spec));
    }
    for (Method method : spec.methods()) {
      if (!method.perPrompt()) {
        all = all.plus(MethodCode.of(method).passes(spec));
      }
    }
    return all;
  }

  private static Range evidence(InterpretSpec interpret, SubjectShape shape) {
    if (interpret.corpus().path().isEmpty()) {
      return Range.ZERO;
    }
    double tokens = (double) interpret.corpus().windows() * interpret.corpus().tokens();
    return new Range(0.25, 0.8, 1).times(tokens * 2.0 * shape.parameters());
  }

  /** For one feature; half of them reach the threshold, or none, or all. */
  private static Range steering(EvaluateSpec evaluate, CampaignSpec spec, SubjectShape shape) {
    if (!evaluate.faithfulness()) {
      return Range.ZERO;
    }
    double tokens =
        (double) evaluate.factors().size()
            * evaluate.steeredTexts()
            * (evaluate.continuationTokens() + spec.interpreting().corpus().tokens() / 2.0);
    return new Range(0, 0.5, 1).times(tokens * 2.0 * shape.parameters());
  }
}
