package dev.piecrust.cli.terminal;

import dev.piecrust.activity.Stages;
import dev.piecrust.campaign.StageProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** One stage's progress in words: bar, prompts, rate and time left. */
final class StageLine {
  private static final int BAR = 24;

  private StageLine() {}

  /** For a terminal. */
  static String withBar(StageProgress stage, Optional<Double> rate) {
    int ended = stage.done() + stage.failed();
    return "  %-24s %s %s".formatted(stage.stage(), bar(ended, stage.total()), counts(stage, rate));
  }

  /** How much of a whole is done. */
  static String bar(long done, long total) {
    int filled = total == 0 ? BAR : (int) (BAR * done / total);
    return "█".repeat(filled) + "░".repeat(BAR - filled);
  }

  /** For a log. */
  static String plain(StageProgress stage, Optional<Double> rate) {
    return stage.stage() + " " + counts(stage, rate);
  }

  private static String counts(StageProgress stage, Optional<Double> rate) {
    int ended = stage.done() + stage.failed();
    String failed = stage.failed() == 0 ? "" : ", %d failed".formatted(stage.failed());
    String pace =
        rate.map(r -> String.format(Locale.ROOT, ", %.1f %s/s", r, things(stage))).orElse("");
    String left =
        rate.filter(r -> r > 0 && ended < stage.total())
            .map(r -> ", about " + span(Math.round((stage.total() - ended) / r)) + " left")
            .orElse("");
    return "%d/%d%s%s%s".formatted(ended, stage.total(), failed, pace, left);
  }

  /** What the stage works on. */
  private static String things(StageProgress stage) {
    return Stages.things(stage.stage());
  }

  /** A time as people say it: {@code 8 s}, {@code 3 min}, {@code 1 h 40 min}. */
  static String span(long seconds) {
    Duration time = Duration.ofSeconds(seconds);
    if (time.toMinutes() < 2) {
      return seconds + " s";
    }
    return time.toHours() == 0
        ? time.toMinutes() + " min"
        : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
  }
}
