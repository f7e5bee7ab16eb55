package dev.piecrust.tensor;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Runs Java loops over arrays on all cores. Unlike the engine's threads these do not wait for each
 * other in a busy loop, so a core that is taken by somebody else does no harm.
 */
public final class Parallel {
  private Parallel() {}

  /**
   * Runs tasks {@code 0} to {@code tasks − 1}, which are handed out in that order: put the large
   * ones first.
   *
   * @param scratch makes what one thread needs for all of its tasks
   */
  public static <T> void run(int tasks, Supplier<T> scratch, ObjIntConsumer<T> task) {
    AtomicInteger next = new AtomicInteger();
    IntStream.range(0, Math.min(tasks, TensorRuntime.loopThreads()))
        .parallel()
        .forEach(
            thread -> {
              T own = scratch.get();
              for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                task.accept(own, i);
              }
            });
  }
}
