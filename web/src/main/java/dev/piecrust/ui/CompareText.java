package dev.piecrust.ui;

import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.view.Numbers;
import dev.piecrust.view.compare.BakeOffLine;
import dev.piecrust.view.compare.Comparing.Curve;
import dev.piecrust.view.compare.Comparing.FadeLine;
import dev.piecrust.view.compare.Comparing.TaskCurves;
import io.quarkus.qute.TemplateExtension;
import java.util.List;
import java.util.Optional;

/** How comparisons are written in pages. */
@TemplateExtension
final class CompareText {
  private CompareText() {}

  static List<String> methods(TaskCurves task) {
    return task.curves().stream().map(Curve::method).distinct().toList();
  }

  /** {@code 0.1 to 0.2}, or a dash. */
  static String range(Estimate interval) {
    return interval.low().isPresent() && interval.high().isPresent()
        ? "%s to %s"
            .formatted(
                Numbers.figure(interval.low().getAsDouble()),
                Numbers.figure(interval.high().getAsDouble()))
        : Numbers.MISSING;
  }

  static String mean(FadeLine line, String campaign) {
    return Optional.ofNullable(line.means().get(campaign))
        .filter(interval -> interval.mean().isPresent())
        .map(
            interval ->
                "%s on %s"
                    .formatted(
                        Numbers.figure(interval.mean().getAsDouble()), Numbers.count(interval.n())))
        .orElse(Numbers.MISSING);
  }

  /** With half the width of its interval, or a dash. */
  static String value(BakeOffLine line, String campaign) {
    return Optional.ofNullable(line.values().get(campaign))
        .filter(value -> value.mean().isPresent())
        .map(
            value ->
                Numbers.figure(value.mean().getAsDouble())
                    + (value.halfWidth().isPresent()
                        ? " ±" + Numbers.figure(value.halfWidth().getAsDouble())
                        : ""))
        .orElse(Numbers.MISSING);
  }

  /** From the first campaign; empty for the first itself, and where they share too little. */
  static String difference(FadeLine line, String campaign) {
    return Optional.ofNullable(line.differences().get(campaign))
        .filter(interval -> interval.mean().isPresent() && interval.low().isPresent())
        .map(
            interval ->
                "%s (%s)".formatted(Numbers.figure(interval.mean().getAsDouble()), range(interval)))
        .orElse("");
  }
}
