package dev.piecrust.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class VitalsTest {
  private final Vitals vitals = new Vitals();

  @Test
  void missWhatDoesNotAnswerUntilItDoes() {
    AtomicBoolean away = new AtomicBoolean(true);
    vitals.needs(
        "database",
        () -> {
          if (away.get()) {
            throw new IllegalStateException("connection refused");
          }
        });
    vitals.needs("artifacts", () -> {});
    assertThat(vitals.missing()).containsOnlyKeys("database").containsValue("connection refused");
    away.set(false);
    assertThat(vitals.missing()).isEmpty();
  }

  @Test
  void takeALateAnswerForNone() {
    CountDownLatch never = new CountDownLatch(1);
    vitals.needs("temporal", never::await);
    assertThat(vitals.missing()).containsOnlyKeys("temporal");
    never.countDown();
    assertThat(vitals.missing()).isEmpty();
  }

  @Test
  void areNotStartedBeforeTheProcessTakesWork() {
    assertThat(vitals.started()).isFalse();
    vitals.needs("artifacts", () -> {});
    assertThat(vitals.started()).isFalse();
    vitals.lives("workers", () -> true);
    assertThat(vitals.started()).isFalse();
    vitals.begin();
    assertThat(vitals.started()).isTrue();
  }

  @Test
  void nameWhatHasStopped() {
    AtomicBoolean working = new AtomicBoolean(true);
    vitals.lives("workers", working::get);
    assertThat(vitals.stopped()).isEmpty();
    working.set(false);
    assertThat(vitals.stopped()).containsExactly("workers");
  }
}
