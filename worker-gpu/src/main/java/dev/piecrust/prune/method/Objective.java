package dev.piecrust.prune.method;

import dev.piecrust.campaign.SwapSpec;
import dev.piecrust.prune.Effect;
import dev.piecrust.prune.PromptRun;
import java.util.function.ToDoubleFunction;

/** What swaps make smaller (docs/method.md §5). */
final class Objective {
  private Objective() {}

  static ToDoubleFunction<Effect> of(SwapSpec settings, PromptRun run) {
    return switch (settings.objective()) {
      case KL_LAST -> Effect::klLast;
      case METRIC -> effect -> Math.abs(effect.metric() - run.cleanMetric());
    };
  }
}
