package dev.piecrust.bench.orchestration;

import dev.piecrust.activity.ControlActivities;
import io.temporal.client.WorkflowClient;

/** The program's durable plans, and the Temporal server that it brings. */
public interface Plans {
  /** Starts the server inside this JVM. */
  Server temporal();

  /**
   * Starts the program's own workers of plans.
   *
   * @param control what keeps the campaigns' books
   */
  Part start(WorkflowClient client, ControlActivities control);

  /** What ends when it is closed. */
  interface Part extends AutoCloseable {
    @Override
    void close();
  }

  /** A Temporal server. */
  interface Server extends Part {
    /** Reaches it. */
    WorkflowClient client();
  }
}
