package dev.piecrust.ask;

import dev.piecrust.activity.LlmStep;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.LlmExchange;
import java.util.List;

/** What became of a list of questions. */
public sealed interface Asked<T> {
  /** All were answered, in order. */
  record Answered<T>(List<T> answers, List<LlmExchange> exchanges) implements Asked<T> {}

  /** At least one has no answer and will have none. */
  record Missing<T>(FadeScore.Unscored why, List<LlmExchange> exchanges) implements Asked<T> {}

  /** Not all are answered yet; ask again later. */
  record Pending<T>(LlmStep step) implements Asked<T> {}
}
