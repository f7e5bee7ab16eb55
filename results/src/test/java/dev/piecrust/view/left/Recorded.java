package dev.piecrust.view.left;

import dev.piecrust.campaign.StageProgress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A campaign that {@link RecordTimes} wrote down. */
record Recorded(Instant begin, Instant end, List<Stage> opened, List<UnitEnd> units) {
  record Stage(String name, int total, Instant at) {}

  static Recorded read(String resource) throws IOException {
    Instant begin = Instant.MIN;
    Instant end = Instant.MAX;
    List<Stage> opened = new ArrayList<>();
    List<UnitEnd> units = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Recorded.class.getResourceAsStream(resource)),
                StandardCharsets.UTF_8))) {
      for (String line : lines.lines().skip(1).toList()) {
        String[] cells = line.split(",", -1);
        Instant at = Instant.parse(cells[3]);
        switch (cells[0]) {
          case "begin" -> begin = at;
          case "end" -> end = at;
          case "stage" -> opened.add(new Stage(cells[1], Integer.parseInt(cells[2]), at));
          default -> units.add(new UnitEnd(cells[1], Integer.parseInt(cells[2]), at));
        }
      }
    }
    return new Recorded(begin, end, opened, units);
  }

  /** So far on its way. */
  Instant at(double share) {
    return begin.plus(
        Duration.ofMillis(Math.round(share * Duration.between(begin, end).toMillis())));
  }

  /** The stages as they were announced by then. */
  List<StageProgress> stages(Instant now) {
    return opened.stream()
        .filter(stage -> !stage.at().isAfter(now))
        .map(
            stage ->
                new StageProgress(
                    stage.name(),
                    stage.total(),
                    units.stream()
                        .filter(unit -> unit.stage().equals(stage.name()))
                        .filter(unit -> !unit.at().isAfter(now))
                        .mapToInt(UnitEnd::things)
                        .sum(),
                    0,
                    Optional.empty(),
                    Optional.empty()))
        .toList();
  }

  StageCosts costs() {
    return StageCosts.of(begin, units);
  }
}
