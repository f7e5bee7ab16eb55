package dev.piecrust.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.price.PriceTable;
import dev.piecrust.price.TokenUsage;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Sixteen workers want more than a cap of 1 USD allows. */
class CapIT {
  private static final int WORKERS = 16;
  private static final int QUESTIONS = 150;

  /** USD 0.02 at most for a call, and half in fact: 10 tokens at 1 a million and 999 at 10. */
  private static final int TOKENS = 2_000;

  private static final TokenUsage USAGE = new TokenUsage(10, 0, 999, 0);

  private static final String COMMITTED =
      "select sum(case when state in ('RESERVED', 'QUEUED', 'LOST') then reserved_usd"
          + " when state = 'SETTLED' then coalesce(usd, reserved_usd) else 0 end) from llm_call";

  private final AtomicInteger next = new AtomicInteger();

  @Test
  void neverPassesTheCapAndGoesOnOnceItIsRaised() throws Exception {
    LlmSpec llm = Campaigns.openAi(Optional.of("http://nowhere"));
    LimitsSpec limits = Campaigns.cap("1");
    try (Postgres postgres = Postgres.start();
        Database database = postgres.open();
        LedgerLlmClient desk =
            LedgerLlmClient.open(
                Stores.of(database),
                PriceTable.shipped(),
                spec -> request -> FakeProvider.reply("yes", Optional.of(USAGE)))) {
      Stores stores = Stores.of(database);
      Campaigns.create(stores, "c", limits);
      CallContext context = Campaigns.context("c", llm, limits);
      Watch watch = new Watch(postgres);
      Thread watching = new Thread(watch, "watch");
      watching.start();
      assertThat(everyWorkerEnds(desk, context)).contains("OverBudget");
      watch.stop.set(true);
      watching.join();
      assertThat(watch.samples).isGreaterThan(10);
      assertThat(watch.most)
          .isLessThanOrEqualTo(BigDecimal.ONE)
          .isGreaterThan(new BigDecimal("0.9"));
      assertThat(stores.accounts().spend("c").reserved()).isZero();
      stores.accounts().raise("c", new BigDecimal("3"), "ada");
      assertThat(everyWorkerEnds(desk, context)).containsOnly("Done");
      assertThat(stores.accounts().spend("c").calls()).isEqualTo(QUESTIONS);
      assertThat(stores.accounts().spend("c").spent())
          .isEqualByComparingTo(postgres.number(COMMITTED))
          .isEqualByComparingTo("1.5");
    }
  }

  /** Each worker asks until all is answered, or it is over budget; which of these it was. */
  private List<String> everyWorkerEnds(LedgerLlmClient desk, CallContext context) throws Exception {
    next.set(0);
    ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Callable<String>> workers = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        workers.add(() -> work(desk, context));
      }
      List<String> ends = new ArrayList<>();
      for (Future<String> end : threads.invokeAll(workers)) {
        ends.add(end.get());
      }
      return ends;
    } finally {
      threads.shutdownNow();
    }
  }

  private String work(LedgerLlmClient desk, CallContext context) throws InterruptedException {
    for (int n = next.getAndIncrement(); n < QUESTIONS; n = next.getAndIncrement()) {
      LlmAnswer answer = ask(desk, context, n);
      while (answer instanceof LlmAnswer.Later) {
        Thread.sleep(50);
        answer = ask(desk, context, n);
      }
      if (answer instanceof LlmAnswer.OverBudget) {
        return "OverBudget";
      }
    }
    return "Done";
  }

  private static LlmAnswer ask(LedgerLlmClient desk, CallContext context, int number) {
    return desk.ask(context, List.of(Questions.question(number, TOKENS)), () -> {}).get(0);
  }

  /** Looks at the rows all the time. */
  private static final class Watch implements Runnable {
    private final AtomicBoolean stop = new AtomicBoolean();
    private final Postgres postgres;
    private BigDecimal most = BigDecimal.ZERO;
    private int samples;

    Watch(Postgres postgres) {
      this.postgres = postgres;
    }

    @Override
    public void run() {
      while (!stop.get()) {
        try {
          most = most.max(postgres.number(COMMITTED));
          samples++;
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
