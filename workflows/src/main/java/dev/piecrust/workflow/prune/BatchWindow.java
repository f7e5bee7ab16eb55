package dev.piecrust.workflow.prune;

import dev.piecrust.activity.PruneBatch;
import dev.piecrust.workflow.SideBySide;
import dev.piecrust.workflow.gpu.Devices;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** A sliding window over the batches of a step: as many are under way as devices can work on. */
final class BatchWindow {
  private final PruneRequest request;
  private final Devices devices;
  private final FailureLimit limit;
  private int left = 1;

  BatchWindow(PruneRequest request, Devices devices, FailureLimit limit) {
    this.request = request;
    this.devices = devices;
    this.limit = limit;
  }

  /**
   * Works on all batches that are left of a step, or stops early, with nothing under way, where too
   * many prompts failed or the history grows long.
   *
   * @param work does a batch, and says how many of its prompts failed
   */
  PruneProgress over(PruneProgress start, ToIntFunction<PruneBatch> work) {
    Running running = new Running(start);
    SideBySide batches = new SideBySide();
    left = running.left();
    batches.during(
        () -> {
          while (running.goesOn()) {
            batches.awaitFewerThan(devices::window);
            if (running.goesOn()) {
              PruneBatch batch = running.take();
              batches.start(
                  () -> {
                    running.failed += work.applyAsInt(batch);
                    left--;
                  });
            }
          }
        });
    left = 1;
    return running.progress();
  }

  /** Does all of a list, in any order; stops early where the history grows long. */
  <T> void over(List<T> units, Consumer<T> work) {
    SideBySide calls = new SideBySide();
    left = units.size();
    calls.during(
        () -> {
          for (T unit : units) {
            calls.awaitFewerThan(devices::window);
            if (Workflow.getInfo().isContinueAsNewSuggested()) {
              return;
            }
            calls.start(
                () -> {
                  work.accept(unit);
                  left--;
                });
          }
        });
    left = 1;
  }

  /** How many batches of the step have not been done; outside of one a single unit is. */
  int left() {
    return left;
  }

  private final class Running {
    private final PruneProgress start;
    private int next;
    private int failed;

    Running(PruneProgress start) {
      this.start = start;
      this.next = start.next();
      this.failed = start.failed();
    }

    PruneProgress progress() {
      return start.upTo(next, failed);
    }

    int left() {
      int batch = start.prepared().batch();
      return (start.prepared().prompts() - next + batch - 1) / batch;
    }

    boolean goesOn() {
      return next < start.prepared().prompts()
          && !limit.isReached(progress())
          && !Workflow.getInfo().isContinueAsNewSuggested();
    }

    PruneBatch take() {
      PruneBatch batch = progress().nextBatch(request);
      next = batch.to();
      return batch;
    }
  }
}
