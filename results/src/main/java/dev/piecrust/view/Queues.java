package dev.piecrust.view;

import java.util.List;

/** Looks at the queues of work. */
public interface Queues {
  /** Queues that nobody can look into. */
  Queues UNKNOWN = own -> List.of();

  /**
   * The queues of the installation; empty where the server cannot say.
   *
   * @param own queues of single devices, beside those that all share
   */
  List<QueueState> look(List<String> own);
}
