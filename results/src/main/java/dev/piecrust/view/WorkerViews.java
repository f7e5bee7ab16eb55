package dev.piecrust.view;

import dev.piecrust.store.Stores;
import dev.piecrust.store.process.ProcessSign;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** The processes of the installation and their queues; many may look at them at once. */
@Singleton
public class WorkerViews {
  /** Several times the pause between two signs of life. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  /** However many look, the server is asked so often at most. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Stores stores;
  private final Queues queues;
  private Reading last;

  private record Reading(long nanos, List<QueueState> queues) {}

  public WorkerViews(Stores stores, Queues queues) {
    this.stores = stores;
    this.queues = queues;
    this.last = new Reading(System.nanoTime() - FRESH.toNanos(), List.of());
  }

  /** Who works at the moment, and what waits. */
  public WorkersView now() {
    List<WorkersView.Member> processes =
        stores.processes().all().stream().map(WorkerViews::process).toList();
    return new WorkersView(processes, looked(processes));
  }

  private static WorkersView.Member process(ProcessSign.Seen seen) {
    return new WorkersView.Member(
        seen.sign(),
        Duration.ofMillis(seen.silentMs()).toSeconds(),
        Duration.ofMillis(seen.aliveMs()).toSeconds(),
        seen.silentMs() < SILENCE.toMillis());
  }

  /** Each GPU worker takes a session's work from a queue of its own name. */
  private synchronized List<QueueState> looked(List<WorkersView.Member> processes) {
    if (System.nanoTime() - last.nanos() < FRESH.toNanos()) {
      return last.queues();
    }
    List<QueueState> now =
        queues.look(
            processes.stream()
                .filter(process -> process.alive() && process.sign().kind().equals("gpu"))
                .map(process -> process.sign().id())
                .toList());
    last = new Reading(System.nanoTime(), now);
    return now;
  }
}
