package dev.piecrust.batch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The names by which calls are known in a provider's batch: their numbers in the ledger. */
final class CallIds {
  private CallIds() {}

  /** The call's number; absent where somebody else named it. */
  static Optional<Long> read(JsonNode customId) {
    String text = customId.asText();
    return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}
