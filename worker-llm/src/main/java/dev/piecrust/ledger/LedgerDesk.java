package dev.piecrust.ledger;

import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.llm.LlmProvider;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.price.PriceTable;
import dev.piecrust.store.Endpoints;
import dev.piecrust.store.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The desk of one process: all of its calls to language models go through the ledger in the
 * database that all workers share (ARCHITECTURE.md §5). It can be used by many threads.
 */
public final class LedgerDesk implements LlmDesk, AutoCloseable {
  private static final Duration WAITING = Duration.ofSeconds(1);

  private final Endpoints endpoints;
  private final WorkerLife life;
  private final RealtimeDesk realtime;
  private final ConcurrentHashMap<String, String> known = new ConcurrentHashMap<>();

  private LedgerDesk(
      Stores stores,
      PriceTable prices,
      Function<LlmSpec, LlmProvider> providers,
      LedgerSettings settings) {
    this.endpoints = stores.endpoints();
    this.life = new WorkerLife(stores.llmWorkers(), settings);
    Wishes wishes = new Wishes(prices, life.id());
    CallEnds ends = new CallEnds(stores.calls(), endpoints, life, new Secrets(System::getenv));
    this.realtime = new RealtimeDesk(stores.calls(), wishes, ends, providers, settings);
  }

  /**
   * Opens the desk, which shows the others that this worker is alive until it is closed.
   *
   * @param providers makes, or remembers, the provider of a spec
   */
  public static LedgerDesk open(
      Stores stores, PriceTable prices, Function<LlmSpec, LlmProvider> providers) {
    return open(stores, prices, providers, LedgerSettings.defaults());
  }

  /** The same with other patience. */
  public static LedgerDesk open(
      Stores stores,
      PriceTable prices,
      Function<LlmSpec, LlmProvider> providers,
      LedgerSettings settings) {
    return new LedgerDesk(stores, prices, providers, settings);
  }

  @Override
  public List<LlmAnswer> ask(CallContext context, List<LlmRequest> requests, Runnable alive) {
    LlmSpec llm = context.llm();
    if (!llm.provider().baseline()) {
      known.computeIfAbsent(CacheKey.endpoint(llm), endpoint -> opened(endpoint, llm));
    }
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

  @Override
  public void close() {
    life.close();
  }
}
