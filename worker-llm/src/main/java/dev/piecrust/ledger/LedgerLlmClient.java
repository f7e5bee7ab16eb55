package dev.piecrust.ledger;

import dev.piecrust.address.LlmAccess;
import dev.piecrust.batch.BatchApis;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.llm.LlmProvider;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.price.PriceTable;
import dev.piecrust.store.Stores;
import dev.piecrust.store.ledger.CallLedger;
import dev.piecrust.store.rate.Endpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The desk of one process: all of its calls to language models go through the ledger in the
 * database that all workers share (docs/architecture.md §5). It can be used by many threads.
 */
public final class LedgerLlmClient implements LlmClient, AutoCloseable {
  private static final Duration WAITING = Duration.ofSeconds(1);

  private final Endpoints endpoints;
  private final CallLedger calls;
  private final WorkerLife life;
  private final RealtimeCalls realtime;
  private final BatchCalls batches;
  private final ConcurrentHashMap<String, String> known = new ConcurrentHashMap<>();

  private LedgerLlmClient(
      Stores stores,
      PriceTable prices,
      Function<LlmSpec, LlmProvider> providers,
      UnaryOperator<@Nullable String> environment,
      LedgerSettings settings,
      BatchSettings batching) {
    this.endpoints = stores.endpoints();
    this.life = new WorkerLife(stores.llmWorkers(), settings);
    CallRequests wishes = new CallRequests(prices, life.id());
    Secrets secrets = new Secrets(environment);
    CallTimes times = new CallTimes(stores.meters());
    CallEnds ends = new CallEnds(stores.calls(), endpoints, life, secrets, times);
    this.calls = stores.calls();
    this.realtime =
        new RealtimeCalls(stores.calls(), wishes, ends, providers, settings, times, life);
    BatchDriver driver =
        new BatchDriver(stores.batches(), stores.calls(), wishes, life.id(), batching);
    this.batches =
        new BatchCalls(
            stores.calls(),
            endpoints,
            wishes,
            secrets,
            driver,
            new BatchApis(environment, LlmAccess.ofThisProcess())::of,
            batching,
            times);
  }

  /**
   * Opens the desk, which shows the others that this worker is alive until it is closed. Keys are
   * read from the environment.
   *
   * @param providers makes, or remembers, the provider of a spec
   */
  public static LedgerLlmClient open(
      Stores stores, PriceTable prices, Function<LlmSpec, LlmProvider> providers) {
    return open(
        stores,
        prices,
        providers,
        System::getenv,
        LedgerSettings.defaults(),
        BatchSettings.defaults());
  }

  /**
   * The same with other patience.
   *
   * @param environment a variable's value, or null
   */
  public static LedgerLlmClient open(
      Stores stores,
      PriceTable prices,
      Function<LlmSpec, LlmProvider> providers,
      UnaryOperator<@Nullable String> environment,
      LedgerSettings settings,
      BatchSettings batching) {
    return new LedgerLlmClient(stores, prices, providers, environment, settings, batching);
  }

  @Override
  public List<LlmAnswer> ask(CallContext context, List<LlmRequest> requests, Runnable alive) {
    LlmSpec llm = context.llm();
    if (!llm.provider().baseline()) {
      known.computeIfAbsent(CacheKey.endpoint(llm), endpoint -> opened(endpoint, llm));
    }
    return llm.schedule() == LlmSchedule.BATCH
        ? batches.ask(context, requests)
        : inOrder(context, requests, alive);
  }

  @Override
  public void forget(CallContext context, List<LlmRequest> requests) {
    requests.forEach(request -> calls.forget(CacheKey.of(context.llm(), request)));
  }

  private List<LlmAnswer> inOrder(CallContext context, List<LlmRequest> requests, Runnable alive) {
    List<LlmAnswer> answers = new ArrayList<>();
    boolean going = true;
    for (LlmRequest request : requests) {
      LlmAnswer answer =
          going
              ? realtime.ask(context, request, alive)
              : new LlmAnswer.Later(WAITING, "those before it are still open");
      going &= answer instanceof LlmAnswer.Reply;
      answers.add(answer);
    }
    return answers;
  }

  private String opened(String endpoint, LlmSpec llm) {
    String name = CacheKey.endpointName(llm);
    endpoints.open(endpoint, name);
    return name;
  }

  /**
   * The process is about to stop: whoever only waits here is told to come back later, and nobody
   * begins to wait. Calls under way go on.
   */
  public void drain() {
    life.drain();
  }

  /** Calls of this process that have not ended by now are free for others to make. */
  @Override
  public void close() {
    life.close();
  }
}
