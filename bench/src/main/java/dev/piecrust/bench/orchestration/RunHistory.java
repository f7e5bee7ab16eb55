package dev.piecrust.bench.orchestration;

import io.temporal.api.history.v1.HistoryEvent;
import java.time.Instant;
import java.util.List;

/**
 * What one run of a workflow left in its history.
 *
 * @param bytes of all events
 * @param largestEvent in bytes, payloads included
 * @param calls of activities
 * @param mostPending activities that were scheduled and had not ended, at most
 */
record RunHistory(
    int events,
    long bytes,
    int largestEvent,
    long calls,
    int mostPending,
    Instant begin,
    Instant end) {

  static RunHistory of(List<HistoryEvent> events) {
    int pending = 0;
    int most = 0;
    long calls = 0;
    long bytes = 0;
    int largest = 0;
    for (HistoryEvent event : events) {
      bytes += event.getSerializedSize();
      largest = Math.max(largest, event.getSerializedSize());
      switch (event.getEventType()) {
        case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED -> {
          calls++;
          most = Math.max(most, ++pending);
        }
        case EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
            EVENT_TYPE_ACTIVITY_TASK_FAILED,
            EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT,
            EVENT_TYPE_ACTIVITY_TASK_CANCELED ->
            pending--;
        default -> {}
      }
    }
    return new RunHistory(
        events.size(), bytes, largest, calls, most, time(events.get(0)), time(last(events)));
  }

  static HistoryEvent last(List<HistoryEvent> events) {
    return events.get(events.size() - 1);
  }

  private static Instant time(HistoryEvent event) {
    return Instant.ofEpochSecond(
        event.getEventTime().getSeconds(), event.getEventTime().getNanos());
  }
}
