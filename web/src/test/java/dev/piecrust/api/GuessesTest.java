package dev.piecrust.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class GuessesTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong();
  private final Guesses guesses = new Guesses(now::get);

  @Test
  void suspectsWhoGivesManyWrongTokensAndForgetsOneASecond() {
    wrong("10.0.0.1", Guesses.FORGIVEN - 1);
    assertThat(guesses.suspects("10.0.0.1")).isFalse();
    wrong("10.0.0.1", 1);
    assertThat(guesses.suspects("10.0.0.1")).isTrue();
    assertThat(guesses.suspects("10.0.0.2")).isFalse();
    now.addAndGet(SECOND);
    assertThat(guesses.suspects("10.0.0.1")).isFalse();
    wrong("10.0.0.1", 1);
    assertThat(guesses.suspects("10.0.0.1")).isTrue();
  }

  @Test
  void remembersALimitedNumberOfClients() {
    for (int i = 0; i < 3 * Guesses.MOST_CLIENTS; i++) {
      guesses.wrong("client " + i);
    }
    assertThat(guesses.clients()).isEqualTo(Guesses.MOST_CLIENTS);
  }

  private void wrong(String client, int times) {
    for (int i = 0; i < times; i++) {
      guesses.wrong(client);
    }
  }
}
