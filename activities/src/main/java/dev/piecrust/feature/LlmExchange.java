package dev.piecrust.feature;

import java.util.List;
import java.util.Optional;

/**
 * One question to a language model and what came of it.
 *
 * @param asked what was said to it, in order
 * @param reply what it said, whole and as it came; it is not to be trusted
 * @param cached whether the answer was there already, and cost nothing
 * @param call its row in the ledger
 * @param error why the reply could not be read; absent where it could
 */
public record LlmExchange(
    List<Said> asked, String reply, boolean cached, long call, Optional<String> error) {
  /** One message; the role is {@code system}, {@code user} or {@code assistant}. */
  public record Said(String role, String text) {}

  public LlmExchange {
    asked = List.copyOf(asked);
  }
}
