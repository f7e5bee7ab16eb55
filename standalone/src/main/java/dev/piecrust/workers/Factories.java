package dev.piecrust.workers;

import io.temporal.client.WorkflowClient;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The worker factories of one process, which stop together. */
public final class Factories implements AutoCloseable {
  /**
   * A forward pass that cannot be interrupted ends within seconds; then nothing writes any more.
   */
  private static final Duration AT_MOST_TO_STOP = Duration.ofSeconds(10);

  private final WorkflowClient client;
  private final WorkerFactoryOptions options;
  private final List<WorkerInterceptor> seen;
  private final Duration drain;
  private final Map<WorkerFactory, Leaving> serving = new LinkedHashMap<>();

  /** They take nothing more, and what they had may still be under way. */
  private final List<WorkerFactory> released = new ArrayList<>();

  private boolean leaves;

  /**
   * @param seen sees activities
   * @param drain how long what is under way may go on after {@link #close}
   */
  public Factories(
      WorkflowClient client,
      WorkerFactoryOptions options,
      List<WorkerInterceptor> seen,
      Duration drain) {
    this.client = client;
    this.options = options;
    this.seen = seen;
    this.drain = drain;
  }

  /** One more, which serves each queue at most once. */
  public synchronized WorkerFactory add() {
    Leaving leaving = new Leaving();
    WorkerInterceptor[] interceptors =
        Stream.concat(Stream.of(leaving), seen.stream()).toArray(WorkerInterceptor[]::new);
    WorkerFactory factory =
        WorkerFactory.newInstance(
            client,
            WorkerFactoryOptions.newBuilder(options).setWorkerInterceptors(interceptors).build());
    serving.put(factory, leaving);
    return factory;
  }

  /**
   * Takes work from a queue, by a factory of its own, until that is closed; one that has started
   * takes no further queues. A process that is leaving takes none.
   */
  synchronized AutoCloseable taking(String queue, WorkerOptions worker, Object... activities) {
    if (leaves) {
      throw Leaving.givenBack(null);
    }
    WorkerFactory factory = add();
    factory.newWorker(queue, worker).registerActivitiesImplementations(activities);
    factory.start();
    return () -> release(factory);
  }

  private synchronized void release(WorkerFactory factory) {
    Leaving leaving = serving.remove(factory);
    if (leaving != null) {
      leaving.begin();
      released.removeIf(WorkerFactory::isTerminated);
      released.add(factory);
      factory.suspendPolling(); // a shutdown ends the polls only when the heartbeats have ended
      factory.shutdown();
    }
  }

  /** From now on they take work. */
  synchronized void start() {
    serving.keySet().forEach(WorkerFactory::start);
  }

  /** Whether they take work, or are to take none any more. */
  synchronized boolean live() {
    return leaves || serving.keySet().stream().noneMatch(WorkerFactory::isShutdown);
  }

  /** Takes no more work, lets what cannot stop at once go on for a while, and then stops it. */
  @Override
  public void close() {
    List<WorkerFactory> all = leave();
    if (!drain.isZero()) {
      all.forEach(WorkerFactory::shutdown);
      awaitTermination(all, drain);
    }
    all.forEach(WorkerFactory::shutdownNow);
    awaitTermination(all, AT_MOST_TO_STOP);
  }

  private synchronized List<WorkerFactory> leave() {
    leaves = true;
    serving.values().forEach(Leaving::begin);
    serving.keySet().forEach(WorkerFactory::suspendPolling);
    return Stream.concat(serving.keySet().stream(), released.stream()).toList();
  }

  /** All stop together: what one has used of the patience the next need not have. */
  private static void awaitTermination(List<WorkerFactory> all, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    for (WorkerFactory factory : all) {
      factory.awaitTermination(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
  }
}
