package dev.piecrust.bench.web;

import dev.piecrust.failure.Bounds;

/**
 * How large the installation is over which pages are measured.
 *
 * @param campaigns among which the rest is dealt
 * @param results measures of one prompt under one method at one budget
 * @param features explained and evaluated
 * @param calls to language models
 * @param requests of each page and list
 * @param viewers of the stream of events
 */
public record WebSize(
    int campaigns, int results, int features, int calls, int requests, int viewers) {
  /** Methods of each campaign times its budgets. */
  static final int RESULTS_OF_A_PROMPT = 50;

  public WebSize {
    Bounds.atLeast("--campaigns", campaigns, 2);
    Bounds.atLeast("--results", results, (long) campaigns * RESULTS_OF_A_PROMPT);
    Bounds.atLeast("--kept", features, campaigns);
    Bounds.atLeast("--calls", calls, campaigns);
    Bounds.atLeast("--requests", requests, 1);
    Bounds.atLeast("--viewers", viewers, 0);
  }

  int prompts() {
    return results / campaigns / RESULTS_OF_A_PROMPT;
  }

  int featuresEach() {
    return features / campaigns;
  }

  int callsEach() {
    return calls / campaigns;
  }

  static String campaign(int i) {
    return "bench-" + i;
  }
}
