package dev.piecrust.bench.orchestration;

import dev.piecrust.activity.ControlActivities;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;

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

  /** A process of the program that is to take work; it stops as the program does on SIGTERM. */
  WorkerProcess process(WorkflowClient client);

  /** What ends when it is closed. */
  interface Part extends AutoCloseable {
    @Override
    void close();
  }

  /** A process that takes work. */
  interface WorkerProcess extends Part {
    /** Where its queues are named, and which is to be started then. */
    WorkerFactory factory();
  }

  /** A Temporal server. */
  interface Server extends Part {
    /** Reaches it. */
    WorkflowClient client();
  }
}
