package dev.piecrust.view;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.report.Reports;
import dev.piecrust.report.ResultTable;
import dev.piecrust.report.ResultTable.TaskTable;
import dev.piecrust.report.analysis.EffectiveBudget;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what came out in sentences: from the means at once, and with the intervals of the paired
 * bootstrap once these are worked out, which is done for campaigns that have ended, one at a time
 * and beside the pages.
 */
@Singleton
public class TaskSummaries {
  private static final Logger LOG = LoggerFactory.getLogger(TaskSummaries.class);
  private static final int KEPT = 100;

  private final Reports reports;
  private final Recent<Key, Map<String, List<EffectiveBudget>>> exact = new Recent<>(KEPT);
  private final Set<Key> underway = new HashSet<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread daemon = new Thread(task, "piecrust-looks");
            daemon.setDaemon(true);
            return daemon;
          });

  public TaskSummaries(Reports reports) {
    this.reports = reports;
  }

  private record Key(String campaign, Instant endedAt) {}

  /** One for each task with results of two methods. */
  public List<TaskSummary> of(CampaignStatus status, FidelityView fidelity) {
    Map<String, List<EffectiveBudget>> known =
        status.finishedAt().map(ended -> find(new Key(status.id(), ended))).orElseGet(Map::of);
    return fidelity.tasks().stream()
        .flatMap(task -> TaskSummary.of(task, known.getOrDefault(task.task(), List.of())).stream())
        .toList();
  }

  private synchronized Map<String, List<EffectiveBudget>> find(Key key) {
    return exact
        .find(key)
        .orElseGet(
            () -> {
              if (underway.add(key)) {
                thread.execute(() -> workOut(key));
              }
              return Map.of();
            });
  }

  private void workOut(Key key) {
    try {
      ResultTable table = reports.table(key.campaign());
      Map<String, List<EffectiveBudget>> all =
          table.tasks().stream()
              .collect(
                  Collectors.toMap(
                      TaskTable::task,
                      (Function<TaskTable, List<EffectiveBudget>>) t -> t.analysis().effective()));
      exact.keep(key, all);
    } catch (RuntimeException e) {
      LOG.info("the intervals of {} could not be worked out: {}", key.campaign(), e.getMessage());
    } finally {
      done(key);
    }
  }

  private synchronized void done(Key key) {
    underway.remove(key);
  }

  @PreDestroy
  void stop() {
    thread.shutdownNow();
  }
}
