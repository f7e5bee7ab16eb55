package dev.piecrust.fade;

import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.feature.ActivatedText;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.FadeScore.Unscored;
import dev.piecrust.feature.RatedContinuation;
import dev.piecrust.feature.RatedSample;
import java.util.List;

/** All that the scores of one feature stand on. */
public record FadeInput(
    EvaluateSpec spec,
    Part<Evidence> evidence,
    Part<List<ActivatedText>> written,
    Part<List<RatedSample>> rated,
    Part<List<RatedContinuation>> steered) {
  /** Something that is there, or the reason why it is not. */
  public sealed interface Part<T> {
    /** It is there. */
    record There<T>(T value) implements Part<T> {}

    /** It is not. */
    record Missing<T>(Unscored why) implements Part<T> {}
  }
}
