package dev.piecrust.bench.orchestration;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One workflow of a campaign, over all runs in which it continued as new.
 *
 * @param workflow its id
 * @param runs how many
 * @param calls of activities, in all runs
 * @param seconds from its first to its last event
 * @param mostPending activities at once
 * @param mostEvents in one run
 * @param mostBytes in one run
 * @param largestEvent in bytes, payloads included
 */
public record Phase(
    String workflow,
    int runs,
    long calls,
    double seconds,
    int mostPending,
    int mostEvents,
    long mostBytes,
    int largestEvent) {
  /** Reads the histories of a campaign and its children, one run after the other. */
  static List<Phase> of(WorkflowClient client, WorkflowExecution campaign) {
    List<Phase> phases = new ArrayList<>(List.of(read(client, campaign)));
    for (HistoryEvent event : events(client, campaign)) {
      if (event.hasChildWorkflowExecutionStartedEventAttributes()) {
        phases.add(
            read(
                client,
                event.getChildWorkflowExecutionStartedEventAttributes().getWorkflowExecution()));
      }
    }
    return phases;
  }

  private static Phase read(WorkflowClient client, WorkflowExecution first) {
    List<RunHistory> runs = new ArrayList<>();
    String run = first.getRunId();
    while (!run.isEmpty()) {
      List<HistoryEvent> events = events(client, first.toBuilder().setRunId(run).build());
      runs.add(RunHistory.of(events));
      run =
          RunHistory.last(events)
              .getWorkflowExecutionContinuedAsNewEventAttributes()
              .getNewExecutionRunId();
    }
    return of(first.getWorkflowId(), runs);
  }

  private static List<HistoryEvent> events(WorkflowClient client, WorkflowExecution run) {
    return client.fetchHistory(run.getWorkflowId(), run.getRunId()).getEvents();
  }

  private static Phase of(String workflow, List<RunHistory> runs) {
    Duration time = Duration.between(runs.get(0).begin(), runs.get(runs.size() - 1).end());
    return new Phase(
        workflow,
        runs.size(),
        runs.stream().mapToLong(RunHistory::calls).sum(),
        time.toMillis() / 1000.0,
        runs.stream().mapToInt(RunHistory::mostPending).max().orElse(0),
        runs.stream().mapToInt(RunHistory::events).max().orElse(0),
        runs.stream().mapToLong(RunHistory::bytes).max().orElse(0),
        runs.stream().mapToInt(RunHistory::largestEvent).max().orElse(0));
  }
}
