package dev.piecrust.store.database;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Transactions of H2, on threads that nobody interrupts: it closes its file, for everybody, where a
 * thread is interrupted that reads or writes. Whoever is interrupted meanwhile still is afterwards.
 */
final class Undisturbed implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "piecrust-database");
            thread.setDaemon(true);
            return thread;
          });

  /** Does it and returns what it returns, or throws what it throws. */
  <T> T call(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, threads).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  /** Nothing may be under way, or begin, any more. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
