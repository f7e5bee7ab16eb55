package dev.piecrust.feature;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One metric of one feature: a number, or the reason why there is none. Never both, never a 0. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FadeScore.Scored.class, name = "scored"),
  @JsonSubTypes.Type(value = FadeScore.Unscored.class, name = "unscored")
})
public sealed interface FadeScore {
  /**
   * A number.
   *
   * @param value 0 to 1
   * @param samples how many texts or ratings it stands on, 1 or more
   */
  record Scored(double value, int samples) implements FadeScore {
    public Scored {
      if (!(value >= 0 && value <= 1) || samples < 1) {
        throw new IllegalArgumentException("a score of %s on %d".formatted(value, samples));
      }
    }
  }

  /**
   * No number.
   *
   * @param kind why
   * @param reason the same as one sentence
   */
  record Unscored(Kind kind, String reason) implements FadeScore {}

  /** Why there is no number. */
  enum Kind {
    /** The spec does not ask for it. */
    NOT_ASKED,
    /** The feature is never active in the corpus: a finding, and no failure. */
    NEVER_ACTIVE,
    /** What it stands on is missing, such as a description. */
    NO_INPUT,
    /** All samples are of one class, such as never rated 2. */
    ONE_CLASS,
    /** Clarity or responsiveness is below the threshold. */
    BELOW_THRESHOLD,
    /** A reply could not be read, not even after it was asked for again. */
    UNPARSED,
    /** The provider refused, for good. */
    REFUSED
  }
}
