package dev.piecrust.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.ledger.AskingProcess.Kind;
import dev.piecrust.standin.Fault;
import dev.piecrust.standin.Meter;
import dev.piecrust.standin.StandIn;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.ledger.Spend;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Four processes of sixteen callers each ask a server that does all that is wrong, are killed in
 * the middle, and begin again; what is true is what the server charged.
 */
class HostileServerIT {
  private static final int PROCESSES = 4;
  private static final int EACH = 40;
  private static final int QUESTIONS = PROCESSES * EACH;

  /** All worst cases together are more than that. */
  private static final String CAP = "0.04";

  private static final StandIn.Behaviour HOSTILE =
      new StandIn.Behaviour(
          Duration.ofMillis(20),
          Duration.ofMillis(200),
          List.of(Fault.values()),
          2,
          Duration.ofSeconds(8));

  private static final String AGAIN =
      "select count(*) from llm_call a join llm_call b on a.cache_key = b.cache_key"
          + " where a.state = 'SETTLED' and b.reserved_at > a.ended_at";

  @Test
  void neverPassesTheCapByItsOwnCountAndIsAskedNothingTwice() throws Exception {
    try (Postgres postgres = Postgres.start();
        StandIn standIn = StandIn.start(new Meter(100_000, 100_000_000), HOSTILE);
        Database database = postgres.open()) {
      Stores stores = Stores.of(database);
      LimitsSpec limits = Campaigns.limits(CAP, 60_000, 60_000_000);
      Campaigns.create(stores, "c", limits);
      List<Process> killed = start(postgres, standIn);
      waitUntilCharged(standIn, killed, new BigDecimal("0.005"));
      for (Process worker : killed) {
        worker.destroyForcibly().waitFor();
      }
      ends(start(postgres, standIn));
      booksHold(stores, standIn, CAP);
      assertThat(stores.accounts().spend("c").calls()).isLessThan(QUESTIONS);
      stores.accounts().raise("c", new BigDecimal("100"), "ada");
      ends(start(postgres, standIn));
      booksHold(stores, standIn, "100");
      assertThat(stores.accounts().spend("c").calls()).isEqualTo(QUESTIONS);
      assertThat(postgres.number(AGAIN)).isZero();
      assertThat(stores.campaigns().events("c"))
          .filteredOn(event -> event.kind().equals("usage"))
          .hasSize(1);
    }
  }

  /** The ledger never says less than the server charged, and the server never charged too much. */
  private static void booksHold(Stores stores, StandIn standIn, String cap) {
    Spend spend = stores.accounts().spend("c");
    BigDecimal charged = standIn.tally().charged();
    System.out.printf(
        "charged %s, of it honestly %s; spent %s, unknown %s, reserved %s%n",
        charged,
        standIn.tally().chargedHonestly(),
        spend.spent(),
        spend.unknown(),
        spend.reserved());
    assertThat(charged).isLessThanOrEqualTo(new BigDecimal(cap));
    assertThat(spend.reserved()).isZero();
    assertThat(spend.spent().add(spend.unknown())).isGreaterThanOrEqualTo(charged);
    assertThat(spend.spent()).isPositive().isLessThanOrEqualTo(standIn.tally().chargedHonestly());
  }

  private static List<Process> start(Postgres postgres, StandIn standIn) throws Exception {
    List<Process> workers = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      workers.add(
          AskingProcess.start(
              postgres.url(),
              standIn.baseUrl(),
              "c",
              CAP,
              60_000,
              60_000_000,
              i,
              EACH,
              PROCESSES,
              Kind.HURRIED));
    }
    return workers;
  }

  private static void ends(List<Process> workers) throws InterruptedException {
    for (Process worker : workers) {
      assertThat(worker.waitFor(300, TimeUnit.SECONDS)).isTrue();
      assertThat(worker.exitValue()).isZero();
    }
  }

  private static void waitUntilCharged(StandIn standIn, List<Process> workers, BigDecimal usd)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(240);
    while (standIn.tally().charged().compareTo(usd) < 0) {
      assertThat(workers).allMatch(Process::isAlive);
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(50);
    }
  }
}
