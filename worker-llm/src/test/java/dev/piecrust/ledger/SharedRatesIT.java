package dev.piecrust.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.price.PriceTable;
import dev.piecrust.standin.Fault;
import dev.piecrust.standin.Meter;
import dev.piecrust.standin.PlainProvider;
import dev.piecrust.standin.Stalls;
import dev.piecrust.standin.StandIn;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.ledger.Spend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Four processes keep one limit of requests and tokens a minute between them, and use all of it.
 */
@Tag("measured")
class SharedRatesIT {
  private static final int PROCESSES = 4;

  /** A little more than a minute's, so that there is a window of 60 s beside another. */
  private static final int EACH = 92;

  /** At the end too few questions are left to use all of a rate. */
  private static final int LAST = 24;

  /** A machine that stands still for more of the time says nothing about a rate. */
  private static final double MUCH = 0.02;

  private static final StandIn.Behaviour TROUBLED =
      new StandIn.Behaviour(
          Duration.ofMillis(200),
          Duration.ofMillis(2000),
          List.of(
              Fault.SERVER_ERROR,
              Fault.STALL,
              Fault.CUT,
              Fault.INVALID_JSON,
              Fault.WRONG_SHAPE,
              Fault.NO_USAGE),
          25,
          Duration.ofSeconds(4));

  /** A question takes 95 tokens in mean. */
  @ParameterizedTest
  @CsvSource({"300, 40000", "420, 30000"})
  void useTheWholeOfTheScarcerRateAndNeverMoreAndLoseNothing(int requests, int tokens)
      throws Exception {
    try (Postgres postgres = Postgres.start();
        StandIn standIn = StandIn.start(new Meter(requests, tokens), TROUBLED);
        Database database = postgres.open()) {
      Stores stores = Stores.of(database);
      LimitsSpec limits = Campaigns.limits("100", requests, tokens);
      Campaigns.create(stores, "c", limits);
      double stalled = runWorkers(postgres, standIn, requests, tokens);
      Meter meter = standIn.meter();
      double used = meter.used(LAST);
      System.out.printf(
          "%d requests in %.1f s, %.1f %% of the rate used, %d beyond it, stalled %.1f %%%n",
          meter.requests(), meter.seconds(), 100 * used, meter.beyond(), 100 * stalled);
      System.out.println("requests in every 10 s: " + meter.everyTenSeconds());
      assertThat(meter.beyond()).isZero();
      allAnswersAreRight(stores, standIn, limits);
      allMoneyIsAccountedFor(stores, standIn);
      assumeThat(used > 0.95 || stalled < MUCH)
          .as("95 %% of the rate: skipped where the machine stands still, here %.2f", stalled)
          .isTrue();
      assertThat(used).isGreaterThan(0.95);
    }
  }

  /** Returns for what share of the time the machine stood still. */
  private static double runWorkers(Postgres postgres, StandIn standIn, int requests, int tokens)
      throws Exception {
    List<Process> workers = new ArrayList<>();
    try (Stalls stalls = Stalls.watch()) {
      for (int i = 0; i < PROCESSES; i++) {
        workers.add(
            AskingProcess.start(
                postgres.url(), standIn.baseUrl(), "c", 100, requests, tokens, i, EACH, PROCESSES));
      }
      for (Process worker : workers) {
        assertThat(worker.waitFor(400, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.exitValue()).isZero();
      }
      return stalls.share();
    } finally {
      workers.forEach(Process::destroyForcibly);
    }
  }

  private static void allAnswersAreRight(Stores stores, StandIn standIn, LimitsSpec limits) {
    int before = standIn.meter().requests();
    LlmSpec llm = Campaigns.openAi(Optional.of(standIn.baseUrl()));
    try (LedgerLlmClient desk =
        LedgerLlmClient.open(stores, PriceTable.shipped(), PlainProvider::new)) {
      for (int n = 0; n < PROCESSES * EACH; n++) {
        LlmAnswer answer =
            desk.ask(
                    Campaigns.context("c", llm, limits),
                    List.of(Questions.question(n, AskingProcess.tokens(n))),
                    () -> {})
                .get(0);
        int expected = n + 1;
        assertThat(answer)
            .isInstanceOfSatisfying(
                LlmAnswer.Reply.class,
                reply ->
                    assertThat(reply.text()).isEqualTo("{\"answer\": %d}".formatted(expected)));
      }
    }
    assertThat(standIn.meter().requests()).isEqualTo(before);
  }

  /** What the server never said it charged is unknown; every other answer is settled. */
  private static void allMoneyIsAccountedFor(Stores stores, StandIn standIn) {
    Spend spend = stores.accounts().spend("c");
    assertThat(spend.calls()).isEqualTo(PROCESSES * EACH);
    assertThat(spend.reserved()).isZero();
    assertThat(spend.unknown()).isPositive();
    assertThat(spend.lost()).isPositive();
    assertThat((long) standIn.tally().answers())
        .isBetween((long) PROCESSES * EACH, PROCESSES * EACH + spend.lost());
    assertThat(stores.costs().total("c").unreported()).isPositive();
  }
}
