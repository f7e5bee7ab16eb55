package dev.piecrust.view;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * A queue of work.
 *
 * @param name Temporal's
 * @param backlog tasks that wait, about; absent where the server does not say
 * @param oldestSeconds how long the first of them has waited, about; likewise
 * @param pollers who asks for work there
 */
public record QueueState(
    String name, OptionalLong backlog, OptionalLong oldestSeconds, List<Poller> pollers) {
  public QueueState {
    pollers = List.copyOf(pollers);
  }

  /**
   * One who asks for work.
   *
   * @param identity process and host, as Temporal knows it
   * @param seen when it asked last
   */
  public record Poller(String identity, Instant seen) {}
}
