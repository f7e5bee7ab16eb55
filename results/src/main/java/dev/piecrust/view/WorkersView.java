package dev.piecrust.view;

import dev.piecrust.store.process.ProcessSign;
import java.util.List;

/**
 * Who works, and what waits for whom.
 *
 * @param queues empty where the server cannot say
 */
public record WorkersView(List<Member> processes, List<QueueState> queues) {
  public WorkersView {
    processes = List.copyOf(processes);
    queues = List.copyOf(queues);
  }

  /**
   * A process.
   *
   * @param silentSeconds since when nothing was heard of it
   * @param aliveSeconds since when it runs
   * @param alive whether it was heard of lately
   */
  public record Member(ProcessSign sign, long silentSeconds, long aliveSeconds, boolean alive) {}

  /** How many are alive. */
  public long alive() {
    return processes.stream().filter(Member::alive).count();
  }

  /** How many activities are under way in processes that are alive. */
  public int running() {
    return processes.stream()
        .filter(Member::alive)
        .mapToInt(process -> process.sign().running().size())
        .sum();
  }
}
