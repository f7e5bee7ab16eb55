package dev.piecrust.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.standin.Meter;
import dev.piecrust.standin.StandIn;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.ledger.Spend;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A worker is killed in the middle, ten times, and another goes on. */
class KilledWorkerIT {
  private static final int KILLS = 10;
  private static final int QUESTIONS = 900;

  private static final StandIn.Behaviour SLOW =
      new StandIn.Behaviour(
          Duration.ofMillis(200), Duration.ofMillis(600), List.of(), 1, Duration.ZERO);

  /** Questions that were asked again after they had been settled. */
  private static final String AFTER_SETTLED =
      "select count(*) from llm_call a join llm_call b on a.cache_key = b.cache_key"
          + " where a.state = 'SETTLED' and b.id > a.id";

  private static final String SETTLED = "select count(*) from llm_call where state = 'SETTLED'";

  @Test
  void makesNoCompletedCallAgainAndNamesThoseThatMayHaveBeenPaidTwice() throws Exception {
    try (Postgres postgres = Postgres.start();
        StandIn standIn = StandIn.start(new Meter(100_000, 100_000_000), SLOW);
        Database database = postgres.open()) {
      Stores stores = Stores.of(database);
      LimitsSpec limits = Campaigns.limits("100", 6_000, 6_000_000);
      Campaigns.create(stores, "c", limits);
      for (int i = 0; i < KILLS; i++) {
        Process worker = start(postgres, standIn);
        waitUntilSettled(postgres, worker, 40 * (i + 1));
        worker.destroyForcibly().waitFor();
      }
      Process last = start(postgres, standIn);
      assertThat(last.waitFor(240, TimeUnit.SECONDS)).isTrue();
      assertThat(last.exitValue()).isZero();
      Spend spend = stores.accounts().spend("c");
      assertThat(spend.calls()).isEqualTo(QUESTIONS);
      assertThat(spend.reserved()).isZero();
      assertThat(postgres.number(AFTER_SETTLED)).isZero();
      int twice = standIn.tally().answers() - QUESTIONS;
      int again = standIn.meter().requests() - QUESTIONS;
      System.out.printf(
          "%d calls lost at %d kills; %d asked and %d answered again%n",
          spend.lost(), KILLS, again, twice);
      assertThat(spend.lost()).isPositive();
      assertThat((long) again).isLessThanOrEqualTo(spend.lost());
    }
  }

  private static Process start(Postgres postgres, StandIn standIn) throws Exception {
    return AskingProcess.start(
        postgres.url(), standIn.baseUrl(), "c", 100, 6_000, 6_000_000, 0, QUESTIONS, 1);
  }

  private static void waitUntilSettled(Postgres postgres, Process worker, int calls)
      throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (postgres.number(SETTLED).intValue() < calls) {
      assertThat(worker.isAlive()).isTrue();
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(50);
    }
  }
}
