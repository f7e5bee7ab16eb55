package dev.piecrust.workflow.campaign;

import dev.piecrust.workflow.hold.Held;
import dev.piecrust.workflow.hold.PauseState;
import io.temporal.failure.TemporalException;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import java.util.function.Supplier;

/** The line to the child that runs, if one does. */
final class ChildSignal {
  private Optional<Held> child = Optional.empty();

  /** Keeps the line open while the child runs. */
  <T> T during(Held running, Supplier<T> run) {
    child = Optional.of(running);
    try {
      return run.get();
    } finally {
      child = Optional.empty();
    }
  }

  /** Tells the child; one that has just ended needs to know nothing. */
  void tell(PauseState hold) {
    child.ifPresent(running -> tell(running, hold));
  }

  private static void tell(Held running, PauseState hold) {
    try {
      running.hold(hold);
    } catch (TemporalException ended) {
      Workflow.getLogger(ChildSignal.class).info("the child has ended: {}", ended.getMessage());
    }
  }
}
