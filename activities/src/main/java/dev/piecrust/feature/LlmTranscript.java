package dev.piecrust.feature;

import java.util.List;
import java.util.Optional;

/**
 * All that was said for one step of one feature.
 *
 * @param exchanges in the order of the questions, a repair after what it repairs
 * @param missing why the step has no result; absent where it has one
 */
public record LlmTranscript(List<LlmExchange> exchanges, Optional<FadeScore.Unscored> missing) {
  public LlmTranscript {
    exchanges = List.copyOf(exchanges);
  }
}
