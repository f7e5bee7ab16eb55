package dev.piecrust.store.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When calls go to an endpoint that gives no answers; the clock is turned by hand. */
class BreakerTest {
  private final LlmEndpointRow row = new LlmEndpointRow("e", "an endpoint");
  private final Breaker breaker = new Breaker(row);

  @Test
  void triesEverMoreSeldomUpToFiveMinutesAndNeverGivesUp() {
    long now = 1_000;
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      assertThat(breaker.check(now)).isEmpty();
      breaker.goes(now);
      Duration away = breaker.failed(now, true, "cannot be reached").away();
      assertThat(breaker.check(now + away.toMillis() - 1)).isPresent();
      now += away.toMillis();
      seconds.add(away.toSeconds());
    }
    assertThat(seconds.subList(0, 10))
        .containsExactly(2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L);
    assertThat(seconds.get(1_999)).isEqualTo(300);
    assertThat(row.downMs).isEqualTo(1_000);
  }

  @Test
  void hearsNothingNewFromCallsThatLeftBeforeItOpened() {
    for (int i = 0; i < 16; i++) {
      breaker.failed(1_000, true, "cannot be reached");
    }
    assertThat(row.openMs).isEqualTo(3_000);
  }

  @Test
  void staysShutAtTheFirstErrorsOfAnEndpointThatIsThere() {
    for (int i = 1; i < Endpoints.FAILURES; i++) {
      assertThat(breaker.failed(1_000, false, "status 502"))
          .isEqualTo(new EndpointFailure(i, Duration.ZERO));
      assertThat(breaker.check(1_000)).isEmpty();
    }
    assertThat(breaker.failed(1_000, false, "status 502").away()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void forgetsAllWithTheFirstAnswer() {
    breaker.failed(1_000, true, "cannot be reached");
    breaker.succeeded();
    assertThat(breaker.check(1_000)).isEmpty();
    assertThat(row.downMs).isZero();
    assertThat(row.said).isEmpty();
  }
}
