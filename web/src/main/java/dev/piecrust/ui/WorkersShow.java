package dev.piecrust.ui;

import dev.piecrust.view.WorkersView;

/** What the page about workers says of them all. */
public record WorkersShow(WorkersView view) {
  /** The page's answer in one sentence. */
  public String sentence() {
    if (view.processes().isEmpty()) {
      return "Nobody works.";
    }
    long silent = view.processes().size() - view.alive();
    long waiting = view.queues().stream().mapToLong(queue -> queue.backlog().orElse(0)).sum();
    String work =
        view.running() == 0
            ? "%s, nothing under way"
                .formatted(counted(view.alive(), "process is", "processes are"))
            : "%s at work on %s"
                .formatted(
                    counted(view.alive(), "process is", "processes are"),
                    counted(view.running(), "unit", "units"));
    String queues =
        view.queues().isEmpty()
            ? ""
            : waiting == 0
                ? "; nothing waits"
                : "; about %s in queues".formatted(counted(waiting, "task waits", "tasks wait"));
    String lost =
        silent == 0
            ? ""
            : "; nothing was heard of %s lately".formatted(counted(silent, "other", "others"));
    return work.replaceFirst(", nothing", " alive, nothing") + queues + lost + ".";
  }

  private static String counted(long n, String one, String many) {
    return n + " " + (n == 1 ? one : many);
  }
}
