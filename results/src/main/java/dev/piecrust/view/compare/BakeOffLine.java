package dev.piecrust.view.compare;

import dev.piecrust.report.analysis.Estimate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One measure of transcoders of the same model beside one another.
 *
 * @param measure what it is, with its unit
 * @param values by campaign, or by folder, in the order asked for; of those that have one
 */
public record BakeOffLine(
    Aspect aspect, String measure, Better better, Map<String, Estimate> values) {
  /** What a measure tells of. */
  public enum Aspect {
    /** How much of the model's behaviour is left. */
    FIDELITY,
    /** How well the features' descriptions do. */
    INTERPRETABILITY,
    /** What it took. */
    COST;

    /** As tables have it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which values are better. */
  public enum Better {
    /** Small ones. */
    LOWER,
    /** Large ones. */
    HIGHER,
    /** Neither by itself. */
    NEITHER;

    /** As tables have it; empty for neither. */
    public String label() {
      return this == NEITHER ? "" : name().toLowerCase(Locale.ROOT);
    }
  }

  public BakeOffLine {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
