package dev.piecrust.store.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four minutes of calls on a clock that the test turns. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaceTest {
  private static final long START_MS = 1_700_000_000_000L;
  private static final long END_MS = START_MS + 240_000;

  /** By how much calls are late on their way, at most. */
  private static final int JITTER_MS = 1_700;

  private Database database;

  /** By how much the database's clock is turned after two and a half minutes. */
  private long turnedByMs;

  /** For how long what was sent at the 75th second does not arrive. */
  private long standsStillMs;

  /** How long it takes to ask for a turn. */
  private int askingMs;

  private long endMs;

  private record Sent(long at, long tokens) {}

  @BeforeAll
  void open(@TempDir Path folder) {
    database = Stores.database(DatabaseConfig.h2(folder.resolve("db")));
  }

  @BeforeEach
  void turnNoClock() {
    turnedByMs = 0;
    standsStillMs = 0;
    askingMs = 0;
    endMs = END_MS;
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void usesAllOfALimitOfRequestsAndNeverMore() {
    List<Sent> sent = run("requests", 300, 1_000_000, new Random(1), false);
    assertThat(most(sent, false)).isLessThanOrEqualTo(300);
    assertThat(late(sent).size()).isGreaterThan((int) (0.95 * 300 * 2));
  }

  @Test
  void usesAllOfALimitOfTokensAndNeverMore() {
    List<Sent> sent = run("tokens", 100_000, 60_000, new Random(2), false);
    assertThat(most(sent, true)).isLessThanOrEqualTo(60_000);
    long tokens = late(sent).stream().mapToLong(Sent::tokens).sum();
    assertThat(tokens).isGreaterThan((long) (0.95 * 60_000 * 2));
  }

  @Test
  void catchesUpAfterPausesWithoutPassingTheLimit() {
    List<Sent> sent = run("pauses", 300, 1_000_000, new Random(3), true);
    assertThat(most(sent, false)).isLessThanOrEqualTo(300);
    assertThat(late(sent).size()).isGreaterThan((int) (0.95 * 300 * 2));
  }

  @ParameterizedTest
  @ValueSource(longs = {3_600_000, -3_600_000, -20_000})
  void keepsTheLimitAndGoesOnWhereTheClockIsTurned(long byMs) {
    turnedByMs = byMs;
    List<Sent> sent = run("turned by " + byMs, 300, 1_000_000, new Random(5), false);
    assertThat(most(sent, false)).isLessThanOrEqualTo(300);
    assertThat(late(sent).size()).isGreaterThan((int) (0.95 * 300 * 2));
  }

  @Test
  void keepsTheLimitWhereAMachineStandsStillForSeconds() {
    standsStillMs = 4_500;
    List<Sent> sent = run("still", 300, 1_000_000, new Random(6), false);
    assertThat(most(sent, false)).isLessThanOrEqualTo(300);
    assertThat(late(sent).size()).isGreaterThan((int) (0.95 * 300 * 2));
  }

  @Test
  void losesNothingOfTheFirstMinute() {
    endMs = START_MS + 65_000;
    List<Sent> sent = run("first", 300, 1_000_000, new Random(7), false);
    long first =
        sent.stream()
            .filter(s -> s.at() >= START_MS + JITTER_MS && s.at() < START_MS + JITTER_MS + 60_000)
            .count();
    assertThat(first).isBetween(286L, 300L);
  }

  @Test
  void usesAllOfALimitWhereTheDatabaseIsSlow() {
    askingMs = 90;
    List<Sent> sent = run("slow", 600, 1_000_000, new Random(8), true);
    assertThat(most(sent, false)).isLessThanOrEqualTo(600);
    assertThat(late(sent).size()).isGreaterThan((int) (0.95 * 600 * 2));
  }

  @Test
  void startsEvenlyAtANewEndpoint() {
    List<Sent> sent = run("new", 300, 1_000_000, new Random(4), false);
    long early = sent.stream().filter(s -> s.at() < START_MS + 10_000).count();
    assertThat(early).isBetween(45L, 52L); // 300 a minute are 50
  }

  /** Somebody always wants to call, except in pauses of 2 seconds every 20 seconds. */
  private List<Sent> run(
      String endpoint, int requests, int tokensPerMinute, Random random, boolean pauses) {
    new Endpoints(database).open(endpoint, endpoint);
    List<Sent> sent = new ArrayList<>();
    long now = START_MS;
    long tokens = 100L + random.nextInt(400);
    while (now < endMs) {
      if (pauses && now / 2_000 % 10 == 0) {
        now = (now / 2_000 + 1) * 2_000;
      }
      RateRequest wish = new RateRequest(tokens, requests, tokensPerMinute);
      long turned = now > START_MS + 150_000 ? turnedByMs : 0;
      long at = now + turned;
      long out =
          database.call(
              em -> {
                LlmEndpointRow row = Endpoints.locked(em, endpoint);
                ClockRollback.adjust(em, row, at);
                Pace pace = new Pace(em, row, wish);
                return pace.check(at)
                    .map(wait -> -wait.atLeast().toMillis())
                    .orElseGet(() -> pace.take(at));
              });
      if (out < 0) {
        now += Math.min(200, -out) + random.nextInt(30);
      } else {
        long arrived = Math.max(out - turned + random.nextInt(JITTER_MS), stillUntil(out));
        if (arrived > out - turned + JITTER_MS) {
          endLate(endpoint, wish, out, arrived);
        }
        sent.add(new Sent(arrived, tokens));
        tokens = 100L + random.nextInt(400);
        now += askingMs + random.nextInt(5);
      }
    }
    sent.sort((a, b) -> Long.compare(a.at(), b.at()));
    return sent;
  }

  /** When a machine that stands still at this time goes on; 0 where it does not. */
  private long stillUntil(long at) {
    long from = START_MS + 75_000;
    return at >= from && at < from + standsStillMs ? from + standsStillMs : 0;
  }

  private void endLate(String endpoint, RateRequest wish, long slot, long at) {
    database.run(em -> new Pace(em, Endpoints.locked(em, endpoint), wish).endedLate(slot, at));
  }

  /** What arrived from the third minute on. */
  private static List<Sent> late(List<Sent> sent) {
    return sent.stream().filter(s -> s.at() >= END_MS - 120_000 && s.at() < END_MS).toList();
  }

  /** The most requests, or tokens, in any 60 seconds. */
  private static long most(List<Sent> sent, boolean tokens) {
    long most = 0;
    long within = 0;
    int first = 0;
    for (Sent last : sent) {
      within += tokens ? last.tokens() : 1;
      while (sent.get(first).at() <= last.at() - 60_000) {
        within -= tokens ? sent.get(first).tokens() : 1;
        first++;
      }
      most = Math.max(most, within);
    }
    return most;
  }
}
