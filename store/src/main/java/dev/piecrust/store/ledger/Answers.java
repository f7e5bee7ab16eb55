package dev.piecrust.store.ledger;

import jakarta.persistence.EntityManager;
import java.util.Optional;

/** The answers that all campaigns share, and who is getting one at this moment. */
final class Answers {
  private Answers() {}

  static Optional<LlmAnswerRow> find(EntityManager em, String cacheKey) {
    return Optional.ofNullable(em.find(LlmAnswerRow.class, cacheKey));
  }

  /** Keeps an answer; where there is one already, that one stays. */
  static void keep(EntityManager em, LlmCallRow call, String answer, boolean truncated) {
    LlmAnswerRow row = findOrAdd(em, call.cacheKey);
    if (!row.answered && call.id != null) {
      row.callId = call.id;
      row.answered = true;
      row.answer = storable(answer);
      row.truncated = truncated;
    }
  }

  /** From now on this call is the one that gets the answer. */
  static void expect(EntityManager em, String cacheKey, long call) {
    findOrAdd(em, cacheKey).callId = call;
  }

  private static LlmAnswerRow findOrAdd(EntityManager em, String cacheKey) {
    return find(em, cacheKey)
        .orElseGet(
            () -> {
              LlmAnswerRow added = new LlmAnswerRow(cacheKey);
              em.persist(added);
              return added;
            });
  }

  /** No database keeps a NUL or half of a surrogate pair. */
  static String storable(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c ->
                c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                    ? 0xFFFD
                    : c)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }
}
