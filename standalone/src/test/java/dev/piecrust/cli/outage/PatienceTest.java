package dev.piecrust.cli.outage;

import static dev.piecrust.failure.PieCrustException.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.cli.TestClock;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class PatienceTest {
  private static final String AWAY = "the server at http://host:1/ does not answer";

  private final List<String> said = new ArrayList<>();
  private final TestClock clock = new TestClock();
  private int asked;

  @Test
  void waitsForAServerThatIsBackInTwoMinutesAndSaysSo() {
    assertThat(patience(180).with(awayFor(120, "done"))).isEqualTo("done");
    assertThat(said)
        .containsExactly(AWAY + "; waiting for up to 3 min", "it answers again, after 2 min");
    assertThat(asked).isEqualTo(121);
  }

  @Test
  void everyOutageHasItsOwnTime() {
    Patience patience = patience(180);
    patience.with(awayFor(170, "first"));
    clock.wait(10);
    long from = clock.instant().getEpochSecond();
    assertThat(
            patience.with(
                () -> {
                  requireFrom(from + 170);
                  return "second";
                }))
        .isEqualTo("second");
    assertThat(said).hasSize(4);
  }

  @Test
  void givesUpInTheEnd() {
    assertThatThrownBy(() -> patience(180).with(awayFor(181, "late"))).hasMessage(AWAY);
    assertThat(said).hasSize(1);
    assertThat(asked).isEqualTo(181);
  }

  @Test
  void doesNotWaitForWhatTimeDoesNotMend() {
    assertThatThrownBy(
            () ->
                patience(180)
                    .with(
                        () -> {
                          throw user("there is no campaign 'x', expected another");
                        }))
        .hasMessageContaining("no campaign");
    assertThat(said).isEmpty();
    assertThatThrownBy(() -> patience(0).with(awayFor(1, "never"))).hasMessage(AWAY);
    assertThat(said).isEmpty();
  }

  @Test
  void takesItsTimeFromTheEnvironment() {
    assertThat(Patience.of(Map.of())).isEqualTo(Duration.ofMinutes(3));
    assertThat(Patience.of(Map.of("PIECRUST_WAIT", "0"))).isZero();
    assertThatThrownBy(() -> Patience.of(Map.of("PIECRUST_WAIT", "long")))
        .hasMessageContaining("PIECRUST_WAIT")
        .hasMessageContaining("expected");
  }

  private Patience patience(int seconds) {
    return new Patience(
        Duration.ofSeconds(seconds), said::add, clock, time -> clock.wait((int) time.toSeconds()));
  }

  private Supplier<String> awayFor(int seconds, String answer) {
    long from = clock.instant().getEpochSecond() + seconds;
    return () -> {
      asked++;
      requireFrom(from);
      return answer;
    };
  }

  private void requireFrom(long epochSecond) {
    if (clock.instant().getEpochSecond() < epochSecond) {
      throw PieCrustException.external(AWAY, new IOException("refused"));
    }
  }
}
