package dev.piecrust.ask;

import dev.piecrust.activity.LlmStep;
import dev.piecrust.ledger.LlmAnswer;
import java.util.List;
import java.util.Optional;

/**
 * What the desk's answers to some questions mean together. A refusal is final, whatever the others
 * are; otherwise the first that is no reply decides.
 *
 * @param pending how to go on later, where not all are replies and none is refused
 * @param refusal why one was refused
 */
record Round(Optional<LlmStep> pending, Optional<String> refusal) {
  static final Round ALL_REPLIED = new Round(Optional.empty(), Optional.empty());

  static Round of(List<LlmAnswer> answers) {
    Optional<LlmStep> pending = Optional.empty();
    for (LlmAnswer answer : answers) {
      if (answer instanceof LlmAnswer.Refused refused) {
        return new Round(Optional.empty(), Optional.of(refused.reason()));
      }
      pending = pending.or(() -> pending(answer));
    }
    return new Round(pending, Optional.empty());
  }

  private static Optional<LlmStep> pending(LlmAnswer answer) {
    if (answer instanceof LlmAnswer.Later later) {
      long seconds = Math.max(1, later.after().toSeconds());
      return Optional.of(LlmStep.waiting(seconds, later.reason()));
    }
    if (answer instanceof LlmAnswer.Stopped stopped) {
      return Optional.of(LlmStep.stopped(stopped.reason()));
    }
    return answer instanceof LlmAnswer.OverBudget over
        ? Optional.of(LlmStep.overBudget(over.reason()))
        : Optional.empty();
  }
}
