package dev.piecrust.probe;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What an endpoint said when it was asked for its models, which costs nothing.
 *
 * @param outcome what that means for a campaign
 * @param sentence the same for people, without secrets
 * @param shutdown the day from which the model is gone, where the endpoint's list tells
 */
public record Probe(Outcome outcome, String sentence, Optional<LocalDate> shutdown) {
  /** What an answer means for a campaign. */
  public enum Outcome {
    /** It knows the key and the model. */
    GOOD,
    /** It answers, but does not say which models it has. */
    UNSAID,
    /** This process has not the key, which the workers that ask may have. */
    UNASKED,
    /** It gives no answer now; a campaign would wait for it. */
    AWAY,
    /** Key, model or address are wrong; a campaign would pause at once. */
    WRONG
  }

  static Probe of(Outcome outcome, String sentence) {
    return new Probe(outcome, sentence, Optional.empty());
  }

  /** Whether a campaign could not be explained now. */
  public boolean isTrouble() {
    return outcome == Outcome.AWAY || outcome == Outcome.WRONG;
  }
}
