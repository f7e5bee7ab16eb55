package dev.piecrust.activity;

import java.util.List;

/**
 * Names of the stages whose units are features. The artifact of a unit is found by stage and unit
 * in {@code UnitStore}; each is gzip'd JSON lines of the named record.
 */
public final class FeatureStages {
  /** What language models are asked before anything is pruned; it has no units. */
  public static final String PROBE = "probe";

  /** {@link dev.piecrust.feature.Evidence}, one line. Announced to people. */
  public static final String EVIDENCE = "evidence";

  /** {@link dev.piecrust.feature.LlmTranscript} of the explanation. Announced to people. */
  public static final String EXPLAIN = "explain";

  /** Synthetic texts: one JSON string a line. */
  public static final String WRITE = "write";

  /** {@link dev.piecrust.feature.ActivatedText} of the synthetic texts. */
  public static final String ACTIVATE = "activate";

  /** {@link dev.piecrust.feature.RatedSample}. */
  public static final String RATE = "rate";

  /** {@link dev.piecrust.feature.SteeredText}. */
  public static final String STEER = "steer";

  /** {@link dev.piecrust.feature.RatedContinuation}. */
  public static final String RATE_STEERED = "rate-steered";

  /**
   * {@link dev.piecrust.feature.FadeResult}, one line, where nothing of it is missing. Announced to
   * people.
   */
  public static final String EVALUATE = "evaluate";

  /** Those that people see, in order. */
  public static final List<String> SHOWN = List.of(EVIDENCE, EXPLAIN, EVALUATE);

  private FeatureStages() {}

  /**
   * The stage that keeps what was said for a stage that asks a language model, of units that have
   * no result as well: {@link dev.piecrust.feature.LlmTranscript}, one line.
   */
  public static String transcript(String stage) {
    return "transcript-" + stage;
  }
}
