package dev.piecrust.workflow;

import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Work that is under way side by side. What one of it throws ends all of it. */
public final class SideBySide {
  private Optional<CancellationScope> scope = Optional.empty();
  private Optional<RuntimeException> fatal = Optional.empty();
  private int underWay;

  /**
   * Lets somebody start work, and waits until all of that has ended.
   *
   * @throws RuntimeException what the first piece of work threw that threw something; all others
   *     are cancelled then, and have ended
   */
  public void during(Runnable starts) {
    CancellationScope running =
        Workflow.newCancellationScope(
            () -> {
              starts.run();
              awaitFewerThan(() -> 1);
            });
    scope = Optional.of(running);
    try {
      running.run();
    } catch (RuntimeException e) {
      end(e);
    }
    Workflow.newDetachedCancellationScope(() -> awaitFewerThan(() -> 1)).run();
    fatal.ifPresent(
        e -> {
          throw e;
        });
  }

  /** Starts a piece of work; within {@link #during}. */
  public void start(Runnable work) {
    underWay++;
    Promise<Void> unused =
        Async.procedure(
            () -> {
              try {
                work.run();
              } catch (RuntimeException e) {
                end(e);
              } finally {
                underWay--;
              }
            });
  }

  /** Waits until fewer than so many are under way; the limit may change meanwhile. */
  public void awaitFewerThan(IntSupplier limit) {
    Workflow.await(() -> underWay < limit.getAsInt());
  }

  /** How many are under way. */
  public int underWay() {
    return underWay;
  }

  private void end(RuntimeException e) {
    if (fatal.isEmpty()) {
      fatal = Optional.of(e);
      scope.filter(running -> !running.isCancelRequested()).ifPresent(CancellationScope::cancel);
    }
  }
}
