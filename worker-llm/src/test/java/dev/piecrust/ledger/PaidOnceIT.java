package dev.piecrust.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.ledger.AskingProcess.Kind;
import dev.piecrust.standin.Meter;
import dev.piecrust.standin.StandIn;
import dev.piecrust.standin.StandInBatches;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What one process paid for, no other pays for, whichever campaign it asks for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaidOnceIT {
  private static final int QUESTIONS = 24;
  private static final LimitsSpec LIMITS = Campaigns.limits("100", 6_000, 6_000_000);

  private static final StandIn.Behaviour SLOW =
      new StandIn.Behaviour(
          Duration.ofMillis(300), Duration.ofMillis(600), List.of(), 1, Duration.ZERO);

  private Postgres postgres;
  private Database database;
  private Stores stores;

  @BeforeAll
  void open() throws Exception {
    postgres = Postgres.start();
    database = postgres.open();
    stores = Stores.of(database);
    for (String campaign : List.of("first", "second", "both", "batched")) {
      Campaigns.create(stores, campaign, LIMITS);
    }
  }

  @AfterAll
  void close() throws Exception {
    database.close();
    postgres.close();
  }

  @Test
  void aSecondProcessPaysForNothingUnderAnotherName() throws Exception {
    try (StandIn standIn =
        StandIn.start(new Meter(100_000, 100_000_000), StandIn.Behaviour.perfect())) {
      ends(ask(standIn.baseUrl(), "first", Kind.SHAPED));
      assertThat(standIn.meter().requests()).isEqualTo(QUESTIONS);
      assertThat(stores.accounts().spend("first").spent())
          .isEqualByComparingTo(standIn.tally().charged());
      ends(ask(standIn.baseUrl(), "second", Kind.SHAPED));
      assertThat(standIn.meter().requests()).isEqualTo(QUESTIONS);
      assertThat(stores.accounts().spend("second").calls()).isZero();
      assertThat(stores.accounts().spend("second").hits()).isEqualTo(QUESTIONS);
    }
  }

  @Test
  void twoWorkersAtATimeAskEachQuestionOnce() throws Exception {
    try (StandIn standIn = StandIn.start(new Meter(100_000, 100_000_000), SLOW)) {
      Process one = ask(standIn.baseUrl(), "both", Kind.SHAPED);
      Process other = ask(standIn.baseUrl(), "both", Kind.SHAPED);
      ends(one);
      ends(other);
      assertThat(standIn.tally().asked())
          .hasSize(QUESTIONS)
          .allSatisfy((q, n) -> assertThat(n).isOne());
      assertThat(stores.accounts().spend("both").calls()).isEqualTo(QUESTIONS);
    }
  }

  @Test
  void aRestartInTheMiddleOfABatchFindsItAgain() throws Exception {
    try (StandInBatches standIn = StandInBatches.start()) {
      Process killed = ask(standIn.baseUrl(), "batched", Kind.BATCHED);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
      while (standIn.sizes().isEmpty()) {
        assertThat(killed.isAlive()).isTrue();
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.sleep(50);
      }
      killed.destroyForcibly().waitFor();
      standIn.end("completed");
      ends(ask(standIn.baseUrl(), "batched", Kind.BATCHED));
      assertThat(standIn.sizes()).containsExactly(QUESTIONS);
      assertThat(stores.accounts().spend("batched").calls()).isEqualTo(QUESTIONS);
    }
  }

  private Process ask(String endpoint, String campaign, Kind kind) throws Exception {
    return AskingProcess.start(
        postgres.url(), endpoint, campaign, 100, 6_000, 6_000_000, 0, QUESTIONS, 1, kind);
  }

  private static void ends(Process worker) throws InterruptedException {
    assertThat(worker.waitFor(240, TimeUnit.SECONDS)).isTrue();
    assertThat(worker.exitValue()).isZero();
  }
}
