package dev.piecrust.workflow.campaign;

import dev.piecrust.workflow.hold.Held;
import dev.piecrust.workflow.hold.PauseState;
import io.temporal.failure.TemporalException;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The line to the children that run. */
final class ChildSignal {
  private final List<Held> children = new ArrayList<>();

  /** Keeps the line to a child open while it runs. */
  <T> T during(Held running, Supplier<T> run) {
    children.add(running);
    try {
      return run.get();
    } finally {
      children.removeIf(child -> child == running);
    }
  }

  /** Tells all of them; one that has just ended needs to know nothing. */
  void tell(PauseState hold) {
    List.copyOf(children).forEach(running -> tell(running, hold));
  }

  private static void tell(Held running, PauseState hold) {
    try {
      running.hold(hold);
    } catch (TemporalException ended) {
      Workflow.getLogger(ChildSignal.class).info("the child has ended: {}", ended.getMessage());
    }
  }
}
