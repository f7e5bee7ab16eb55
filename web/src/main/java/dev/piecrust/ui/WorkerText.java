package dev.piecrust.ui;

import dev.piecrust.store.process.ProcessSign;
import dev.piecrust.store.process.ProcessSign.RunningWork;
import dev.piecrust.view.Numbers;
import dev.piecrust.view.QueueState;
import io.quarkus.qute.TemplateExtension;
import java.util.List;

/** How workers and queues are written in pages. */
@TemplateExtension
final class WorkerText {
  private static final int FEW = 8;
  private static final long MILLIS = 1000;

  private WorkerText() {}

  static List<RunningWork> firstFew(List<RunningWork> running) {
    return running.subList(0, Math.min(FEW, running.size()));
  }

  /** Memory in use, in bytes. */
  static long used(ProcessSign sign) {
    return sign.memoryUsed().orElse(0);
  }

  /** The device's memory, in bytes. */
  static long total(ProcessSign sign) {
    return sign.memoryTotal().orElse(0);
  }

  /** For how long it has been under way. */
  static String age(RunningWork work) {
    return "for " + Numbers.span(Math.max(0, System.currentTimeMillis() - work.sinceMs()) / MILLIS);
  }

  static String waiting(QueueState queue) {
    return queue.backlog().isPresent()
        ? Numbers.count(queue.backlog().getAsLong())
        : Numbers.MISSING;
  }

  static String oldest(QueueState queue) {
    return queue.backlog().orElse(0) > 0 && queue.oldestSeconds().isPresent()
        ? Numbers.span(queue.oldestSeconds().getAsLong())
        : Numbers.MISSING;
  }
}
