package dev.piecrust.workers;

import dev.piecrust.failure.Bounds;
import dev.piecrust.tensor.DeviceChoice;
import io.temporal.worker.WorkerFactoryOptions;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator may change about the workers of a process.
 *
 * @param llmSlots steps that may ask language models at once; {@code PIECRUST_LLM_SLOTS}
 * @param workflowCache workflows that are kept in memory between their steps; {@code
 *     PIECRUST_WORKFLOW_CACHE}
 * @param devices that a worker of models takes, as {@link DeviceChoice} reads them
 * @param deployment the version of the plans, where versions are told apart
 */
public record Tuning(
    int llmSlots, int workflowCache, String devices, Optional<Deployment> deployment) {
  public static final String LLM_SLOTS = "PIECRUST_LLM_SLOTS";
  public static final String WORKFLOW_CACHE = "PIECRUST_WORKFLOW_CACHE";

  /**
   * Twice what one campaign has under way by default, so that two do not wait for each other. Each
   * slot costs a thread that mostly waits for the network.
   */
  public static final int DEFAULT_LLM_SLOTS = 64;

  /**
   * A campaign has two workflows at a time, so this holds a hundred campaigns; one that falls out
   * is replayed at its next step, which costs a second or two of a long history.
   */
  public static final int DEFAULT_WORKFLOW_CACHE = 200;

  /**
   * A campaign that has the most features under way, 200, takes three threads for each while it
   * evaluates. With Temporal's own limit, 600, that one campaign would be thrown out of the cache
   * at every step; six have room here. The threads mostly sleep.
   */
  private static final int WORKFLOW_THREADS = 4000;

  private static final int MOST = 1000;

  public Tuning {
    Bounds.between(LLM_SLOTS, llmSlots, 1, MOST);
    Bounds.between(WORKFLOW_CACHE, workflowCache, 1, MOST);
  }

  /** What is right for one process with everything in it, and for most others. */
  public static Tuning defaults() {
    return new Tuning(
        DEFAULT_LLM_SLOTS, DEFAULT_WORKFLOW_CACHE, DeviceChoice.AUTO, Optional.empty());
  }

  /** What this process's environment says. */
  public static Tuning ofThisProcess() {
    return of(System.getenv());
  }

  static Tuning of(Map<String, String> environment) {
    return new Tuning(
        number(environment, LLM_SLOTS, DEFAULT_LLM_SLOTS),
        number(environment, WORKFLOW_CACHE, DEFAULT_WORKFLOW_CACHE),
        environment.getOrDefault(DeviceChoice.VARIABLE, DeviceChoice.AUTO),
        Deployment.of(environment));
  }

  /** The same with another number of steps that may ask language models at once. */
  public Tuning withLlmSlots(int slots) {
    return new Tuning(slots, workflowCache, devices, deployment);
  }

  /** The same on other devices. */
  public Tuning withDevices(String wish) {
    return new Tuning(llmSlots, workflowCache, wish, deployment);
  }

  private static int number(Map<String, String> environment, String name, int otherwise) {
    String value = environment.getOrDefault(name, "");
    return value.isBlank() ? otherwise : Bounds.whole(name, value, 1, MOST);
  }

  WorkerFactoryOptions factory() {
    return WorkerFactoryOptions.newBuilder()
        .setWorkflowCacheSize(workflowCache)
        .setMaxWorkflowThreadCount(WORKFLOW_THREADS)
        .setUsingVirtualWorkflowThreads(VirtualThreads.areThere())
        .build();
  }
}
