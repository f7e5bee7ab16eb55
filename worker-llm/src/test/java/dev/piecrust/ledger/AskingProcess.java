package dev.piecrust.ledger;

import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.price.PriceTable;
import dev.piecrust.standin.PlainProvider;
import dev.piecrust.store.Database;
import dev.piecrust.store.DatabaseConfig;
import dev.piecrust.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
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
 * and tokens, and the questions from one number on, how many, and by which step.
 */
public final class AskingProcess {
  private static final int THREADS = 24;

  private final LedgerDesk desk;
  private final CallContext context;

  private AskingProcess(LedgerDesk desk, CallContext context) {
    this.desk = desk;
    this.context = context;
  }

  public static void main(String[] arguments) throws Exception {
    Database database = Database.open(new DatabaseConfig(arguments[0], "postgres", "postgres"));
    LlmSpec llm = Campaigns.openAi(Optional.of(arguments[1]));
    LimitsSpec limits =
        Campaigns.limits(
            arguments[3], Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]));
    LedgerSettings settings =
        new LedgerSettings(
            Duration.ofSeconds(20),
            Duration.ofMillis(500),
            Duration.ofSeconds(3),
            Duration.ofMillis(300));
    PlainProvider provider = new PlainProvider(llm);
    try (database;
        LedgerDesk desk =
            LedgerDesk.open(
                Stores.of(database),
                PriceTable.shipped(),
                spec -> provider,
                System::getenv,
                settings,
                BatchSettings.defaults())) {
      new AskingProcess(desk, Campaigns.context(arguments[2], llm, limits))
          .askAll(
              Integer.parseInt(arguments[6]),
              Integer.parseInt(arguments[7]),
              Integer.parseInt(arguments[8]));
    }
    System.exit(0); // HTTP clients keep threads
  }

  /** Starts such a process. */
  static Process start(Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(AskingProcess.class.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command).inheritIO().start();
  }

  private void askAll(int first, int count, int step)
      throws InterruptedException, ExecutionException {
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> askers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
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
      LlmAnswer answer =
          desk.ask(context, List.of(Questions.question(number, tokens(number))), () -> {}).get(0);
      if (answer instanceof LlmAnswer.Reply) {
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
