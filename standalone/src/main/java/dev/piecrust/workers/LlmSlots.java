package dev.piecrust.workers;

import io.temporal.worker.WorkerOptions;
import io.temporal.worker.tuning.ResourceBasedControllerOptions;
import io.temporal.worker.tuning.ResourceBasedSlotOptions;
import io.temporal.worker.tuning.ResourceBasedTuner;
import java.time.Duration;

/** How many steps a worker asks language models with at once. */
final class LlmSlots {
  /** Above it, answers wait for the CPU that reads them, and another worker would be quicker. */
  private static final double MOST_CPU = 0.85;

  /** Of the JVM's heap: what is left is for the largest prompts of those under way. */
  private static final double MOST_MEMORY = 0.85;

  /** However busy the machine looks, something goes on. */
  private static final int FEWEST = 4;

  /** So that the first steps are seen in what is measured before hundreds are taken. */
  private static final Duration BETWEEN_TWO = Duration.ofMillis(50);

  private LlmSlots() {}

  /** As many as the machine has CPU and memory for, in a process that does nothing else. */
  static WorkerOptions.Builder measured(WorkerOptions.Builder options, int most) {
    return options.setWorkerTuner(
        ResourceBasedTuner.newBuilder()
            .setControllerOptions(
                ResourceBasedControllerOptions.newBuilder(MOST_MEMORY, MOST_CPU).build())
            .setActivitySlotOptions(
                ResourceBasedSlotOptions.newBuilder()
                    .setMinimumSlots(Math.min(FEWEST, most))
                    .setMaximumSlots(most)
                    .setRampThrottle(BETWEEN_TWO)
                    .build())
            .build());
  }
}
