package dev.piecrust.store.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.store.Stores;
import dev.piecrust.store.ledger.LlmWorkers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** H2 closes its file for everybody where a thread is interrupted that writes to it. */
@Timeout(300)
final class InterruptedWriterTest {
  private static final int INTERRUPTIONS = 200;

  @TempDir Path folder;

  @Test
  void nobodyElseLosesTheDatabaseByAThreadThatIsInterrupted() throws Exception {
    try (Database database = Stores.database(DatabaseConfig.h2(folder.resolve("db")))) {
      LlmWorkers rows = Stores.of(database).llmWorkers();
      AtomicBoolean ends = new AtomicBoolean();
      CompletableFuture<Boolean> kept = new CompletableFuture<>();
      Thread interrupted =
          new Thread(
              () -> {
                boolean seen = false;
                try {
                  while (!ends.get()) {
                    rows.beat("interrupted");
                    seen |= Thread.interrupted();
                  }
                  kept.complete(seen);
                } catch (RuntimeException e) {
                  kept.completeExceptionally(e);
                }
              });
      interrupted.start();
      for (int i = 0; i < INTERRUPTIONS; i++) {
        interrupted.interrupt();
        rows.beat("another");
      }
      ends.set(true);
      assertThat(kept.join()).as("it was still interrupted afterwards").isTrue();
      rows.beat("afterwards");
      assertThat(rows.leave("afterwards")).isZero();
    }
  }
}
