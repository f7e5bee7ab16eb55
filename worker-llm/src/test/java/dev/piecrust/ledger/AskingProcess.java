package dev.piecrust.ledger;

import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.price.PriceTable;
import dev.piecrust.standin.Java;
import dev.piecrust.standin.PlainProvider;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A worker process: many threads ask questions until each is answered, as Temporal would have them
 * ask. Arguments: the database's address, the endpoint's, the campaign, its limits of USD, requests
 * and tokens, the questions from one number on, how many, and by which step; and of which {@link
 * Kind} they are.
 */
public final class AskingProcess {
  private final LedgerLlmClient desk;
  private final CallContext context;
  private final Kind kind;

  /** How a process asks. */
  enum Kind {
    /** With room for answers of different lengths. */
    PLAIN,
    /** The same by sixteen threads, none of which waits for a cap to be raised. */
    HURRIED,
    /** For answers of a campaign's shape, from a server that is never in doubt. */
    SHAPED,
    /** The same, all together in a batch. */
    BATCHED;

    int threads() {
      return this == HURRIED ? 16 : 24;
    }

    boolean shaped() {
      return this == SHAPED || this == BATCHED;
    }

    int timeoutSeconds() {
      return shaped() ? 60 : 3;
    }

    Duration silence() {
      return Duration.ofSeconds(this == PLAIN ? 3 : this == HURRIED ? 10 : 60);
    }
  }

  private AskingProcess(LedgerLlmClient desk, CallContext context, Kind kind) {
    this.desk = desk;
    this.context = context;
    this.kind = kind;
  }

  public static void main(String[] arguments) throws Exception {
    Database database = Stores.database(new DatabaseConfig(arguments[0], "postgres", "postgres"));
    Kind kind = arguments.length > 9 ? Kind.valueOf(arguments[9]) : Kind.PLAIN;
    int count = Integer.parseInt(arguments[7]);
    LlmSpec llm =
        Campaigns.llm(
            LlmProviderKind.OPENAI,
            "gpt-5.4",
            Optional.of(arguments[1]),
            kind == Kind.BATCHED ? LlmSchedule.BATCH : LlmSchedule.REALTIME,
            kind.timeoutSeconds());
    LimitsSpec limits =
        Campaigns.limits(
            arguments[3], Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]));
    LedgerSettings settings =
        new LedgerSettings(
            Duration.ofSeconds(20), Duration.ofMillis(500), kind.silence(), Duration.ofMillis(300));
    PlainProvider provider = new PlainProvider(llm);
    provider.warmUp();
    try (database;
        LedgerLlmClient desk =
            LedgerLlmClient.open(
                Stores.of(database),
                PriceTable.shipped(),
                spec -> provider,
                System::getenv,
                settings,
                new BatchSettings(
                    count, Duration.ofHours(1), Duration.ofMillis(200), Duration.ofSeconds(2)))) {
      new AskingProcess(desk, Campaigns.context(arguments[2], llm, limits), kind)
          .askAll(Integer.parseInt(arguments[6]), count, Integer.parseInt(arguments[8]));
    }
    System.exit(0); // HTTP clients keep threads
  }

  /** Starts such a process. */
  static Process start(Object... arguments) throws IOException {
    return Java.start(AskingProcess.class, ProcessBuilder.Redirect.INHERIT, arguments);
  }

  private void askAll(int first, int count, int step)
      throws InterruptedException, ExecutionException {
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(kind.threads());
    List<Future<?>> askers = new ArrayList<>();
    for (int i = 0; i < kind.threads(); i++) {
      askers.add(
          threads.submit(
              () -> {
                for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                  askUntilAnswered(first + n * step);
                }
              }));
    }
    for (Future<?> asker : askers) {
      asker.get();
    }
    threads.shutdown();
  }

  private void askUntilAnswered(int number) {
    Duration wait = askOnce(number);
    while (!wait.isZero()) {
      sleep(wait);
      wait = askOnce(number);
    }
  }

  /** How long to wait before the next attempt; zero where none is needed. */
  private Duration askOnce(int number) {
    try {
      LlmRequest question =
          kind.shaped() ? Questions.shaped(number) : Questions.question(number, tokens(number));
      LlmAnswer answer = desk.ask(context, List.of(question), () -> {}).get(0);
      boolean ends = kind == Kind.HURRIED && answer instanceof LlmAnswer.OverBudget;
      if (ends || answer instanceof LlmAnswer.Reply) {
        return Duration.ZERO;
      }
      return answer instanceof LlmAnswer.Later later ? later.after() : Duration.ofSeconds(2);
    } catch (PieCrustException e) {
      if (e.category() != FailureCategory.EXTERNAL) {
        throw e;
      }
      return e.retryAfter().orElse(Duration.ofSeconds(1));
    }
  }

  /** Room for answers of different lengths, 70 tokens in mean. */
  static int tokens(int number) {
    return 40 + number % 61;
  }

  private static void sleep(Duration wait) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
