package dev.piecrust.view;

import dev.piecrust.store.Stores;
import dev.piecrust.store.process.ProcessSign;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

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

  /** Work on a subject is on a queue of its own; a GPU worker's own is for campaigns of 0.6. */
  private synchronized List<QueueState> looked(List<WorkersView.Member> processes) {
    if (System.nanoTime() - last.nanos() < FRESH.toNanos()) {
      return last.queues();
    }
    List<ProcessSign> alive =
        processes.stream().filter(WorkersView.Member::alive).map(WorkersView.Member::sign).toList();
    List<QueueState> now =
        queues.look(
            Stream.concat(
                    alive.stream()
                        .flatMap(sign -> sign.hosts().stream())
                        .map(ProcessSign.HostedSubject::queue)
                        .distinct()
                        .sorted(),
                    alive.stream().filter(sign -> sign.kind().equals("gpu")).map(ProcessSign::id))
                .toList());
    last = new Reading(System.nanoTime(), now);
    return now;
  }
}
