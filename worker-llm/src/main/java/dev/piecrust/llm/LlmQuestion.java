package dev.piecrust.llm;

import dev.piecrust.feature.Example;
import java.util.List;

/** What is asked, in a form that programs read. */
public sealed interface LlmQuestion {
  /** Is anybody there, who keeps to a schema? */
  record Probe() implements LlmQuestion {}

  /**
   * What makes the feature active?
   *
   * @param examples as in {@link dev.piecrust.feature.Evidence}
   */
  record Describe(List<Example> examples, double markShare) implements LlmQuestion {}

  /** Write texts that fit a description. The call's number makes its texts differ from others'. */
  record Write(String description, int texts, int call) implements LlmQuestion {}

  /** How well does each text fit a description: 0, 1 or 2? */
  record Rate(String description, List<String> texts) implements LlmQuestion {}
}
