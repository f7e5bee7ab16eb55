package dev.piecrust.bench.llm;

import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.ledger.CallContext;
import dev.piecrust.ledger.LedgerLlmClient;
import dev.piecrust.ledger.LlmAnswer;
import dev.piecrust.llm.LlmProvider;
import dev.piecrust.llm.LlmReply;
import dev.piecrust.llm.ProviderLimits;
import dev.piecrust.price.PriceTable;
import dev.piecrust.price.TokenUsage;
import dev.piecrust.store.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Measures the desk against a local server that takes a known time. */
public final class LlmBench {
  private static final int CALLS = 200;
  private static final int WARM_UP = 50;
  private static final int THREADS = 16;
  private static final int LIMIT = 1_200;
  private static final Duration AT_LIMIT = Duration.ofSeconds(30);
  private static final Duration LATENCY = Duration.ofMillis(50);
  private static final int UNLIMITED = 1_000_000;

  private final Stores stores;
  private final Function<LlmSpec, LlmProvider> providers;
  private final AtomicInteger question = new AtomicInteger();

  /**
   * @param stores of a database that is thrown away afterwards
   * @param providers that ask the server
   */
  public LlmBench(Stores stores, Function<LlmSpec, LlmProvider> providers) {
    this.stores = stores;
    this.providers = providers;
  }

  /** Takes about a minute. */
  public LlmBenchReport run() {
    BenchCampaign.create(stores);
    try (BenchServer server = BenchServer.start(LATENCY);
        LedgerLlmClient desk = LedgerLlmClient.open(stores, PriceTable.shipped(), providers);
        LedgerLlmClient alone =
            LedgerLlmClient.open(stores, PriceTable.shipped(), llm -> request -> atOnce())) {
      double ledgerMs = meanMs(alone, BenchCampaign.context("http://nowhere/v1", UNLIMITED), false);
      CallContext far = BenchCampaign.context(server.baseUrl(), UNLIMITED);
      double callMs = meanMs(desk, far, false);
      double serverMs = server.meanMs();
      double cachedMs = meanMs(desk, far, true);
      double perMinute = atLimit(desk, server);
      return new LlmBenchReport(LIMIT, perMinute, serverMs, callMs, ledgerMs, cachedMs, CALLS);
    }
  }

  private double meanMs(LedgerLlmClient desk, CallContext context, boolean repeated) {
    for (int i = 0; i < WARM_UP; i++) {
      ask(desk, context, question.incrementAndGet());
    }
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      ask(desk, context, repeated ? question.get() : question.incrementAndGet());
    }
    return (System.nanoTime() - start) / 1e6 / CALLS;
  }

  /** Calls a minute that many threads make together under a limit. */
  private double atLimit(LedgerLlmClient desk, BenchServer server) {
    CallContext limited = BenchCampaign.context(server.baseUrl() + "/", LIMIT);
    long before = server.requests();
    long start = System.nanoTime();
    long end = start + AT_LIMIT.toNanos();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> askers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      askers.add(threads.submit(() -> askUntil(desk, limited, end)));
    }
    for (Future<?> asker : askers) {
      await(asker);
    }
    threads.shutdown();
    return (server.requests() - before) * 60e9 / (System.nanoTime() - start);
  }

  private void askUntil(LedgerLlmClient desk, CallContext context, long end) {
    while (System.nanoTime() < end) {
      ask(desk, context, question.incrementAndGet());
    }
  }

  private static void ask(LedgerLlmClient desk, CallContext context, int number) {
    LlmAnswer answer = desk.ask(context, List.of(BenchCampaign.request(number)), () -> {}).get(0);
    if (!(answer instanceof LlmAnswer.Reply)) {
      throw new PieCrustException(
          FailureCategory.INTERNAL, "the benchmark's question was answered with " + answer);
    }
  }

  private static void await(Future<?> asker) {
    try {
      asker.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PieCrustException(FailureCategory.EXTERNAL, "the benchmark was interrupted", e);
    } catch (ExecutionException e) {
      throw new PieCrustException(FailureCategory.INTERNAL, "the benchmark failed", e.getCause());
    }
  }

  private static LlmReply atOnce() {
    return new LlmReply(
        "yes", Optional.of(new TokenUsage(20, 0, 10, 0)), false, ProviderLimits.UNSAID);
  }
}
