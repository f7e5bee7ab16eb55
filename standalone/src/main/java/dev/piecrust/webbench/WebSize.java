package dev.piecrust.webbench;

import static dev.piecrust.failure.PieCrustException.user;

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
    if (campaigns < 2 || requests < 1 || viewers < 0) {
      throw user(
          "expected 2 campaigns or more, 1 request or more and 0 viewers or more, not %d, %d, %d",
          campaigns, requests, viewers);
    }
    if (results < campaigns * RESULTS_OF_A_PROMPT || features < campaigns || calls < campaigns) {
      throw user(
          "expected something for each of %d campaigns: %d results, a feature and a call or more",
          campaigns, RESULTS_OF_A_PROMPT);
    }
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
