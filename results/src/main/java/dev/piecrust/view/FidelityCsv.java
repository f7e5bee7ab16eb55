package dev.piecrust.view;

import dev.piecrust.report.file.Csv;
import dev.piecrust.view.FidelityView.Method;
import dev.piecrust.view.FidelityView.Point;
import dev.piecrust.view.FidelityView.Task;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Fidelity against budget as comma-separated values. */
public final class FidelityCsv {
  private FidelityCsv() {}

  /** A header and a record for each point, each ended by a line feed. */
  public static String of(FidelityView view) {
    StringBuilder text = new StringBuilder();
    try {
      write(view, new Csv(text, "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return text.toString();
  }

  private static void write(FidelityView view, Csv csv) throws IOException {
    csv.record(
        "task",
        "method",
        "budget",
        "prompts",
        "kl_last_nats",
        "kl_last_sd",
        "kl_last_low95",
        "kl_last_high95",
        "kl_all_nats",
        "pred_changed",
        "faithfulness",
        "completeness");
    for (Task task : view.tasks()) {
      for (Method method : task.methods()) {
        for (Point point : method.points()) {
          csv.record(
              task.task(),
              method.method(),
              point.budget(),
              point.prompts(),
              point.klLast(),
              point.sd(),
              point.low(),
              point.high(),
              point.klAll(),
              point.predChanged(),
              point.faithfulness(),
              point.completeness());
        }
      }
    }
  }
}
