package dev.piecrust.ledger;

import dev.piecrust.campaign.LlmSpec;

/** What is to be looked at where an endpoint will answer no question of a spec. */
final class Mistake {
  private Mistake() {}

  /** With the address, the model, and where the key is from. */
  static String of(LlmSpec llm, String reason) {
    return "%s; it was asked at %s for the model %s, %s"
        .formatted(
            reason,
            llm.address().replaceAll("/+$", ""),
            llm.model(),
            llm.apiKeyEnv().map(name -> "with the key in " + name).orElse("without a key"));
  }
}
