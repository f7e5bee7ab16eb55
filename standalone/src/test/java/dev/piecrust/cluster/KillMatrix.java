package dev.piecrust.cluster;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How long after each kill the next unit was done, by who was killed and in which stage. */
final class KillMatrix {
  private final Map<Victim, Map<Stage, Duration>> recovered = new EnumMap<>(Victim.class);

  void add(Victim victim, Stage stage, Duration recovery) {
    recovered.computeIfAbsent(victim, v -> new EnumMap<>(Stage.class)).put(stage, recovery);
  }

  boolean isEmpty() {
    return recovered.isEmpty();
  }

  /** By how much the median recovery of a worker exceeds its heartbeat timeout. */
  Duration medianBeyondHeartbeat() {
    List<Duration> beyond =
        recovered.entrySet().stream()
            .filter(row -> row.getKey().isWorker())
            .flatMap(
                row -> row.getValue().values().stream().map(r -> r.minus(row.getKey().heartbeat())))
            .sorted()
            .toList();
    return beyond.get(beyond.size() / 2);
  }

  /** As a table, in seconds. */
  @Override
  public String toString() {
    String head =
        "%-16s".formatted("killed in")
            + Arrays.stream(Stage.values())
                .map(stage -> "%10s".formatted(stage.name().toLowerCase(java.util.Locale.ROOT)))
                .collect(Collectors.joining());
    return recovered.entrySet().stream()
        .map(row -> "%-16s".formatted(row.getKey()) + cells(row.getValue()))
        .collect(
            Collectors.joining(
                "\n", "Seconds from a kill to the next finished unit:\n" + head + "\n", "\n"));
  }

  private static String cells(Map<Stage, Duration> row) {
    return Arrays.stream(Stage.values())
        .map(
            stage ->
                row.containsKey(stage)
                    ? "%10.1f".formatted(row.get(stage).toMillis() / 1000.0)
                    : "%10s".formatted("–"))
        .collect(Collectors.joining());
  }
}
