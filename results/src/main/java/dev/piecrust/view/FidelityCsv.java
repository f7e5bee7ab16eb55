package dev.piecrust.view;

import dev.piecrust.view.FidelityView.Method;
import dev.piecrust.view.FidelityView.Point;
import dev.piecrust.view.FidelityView.Task;
import java.util.OptionalDouble;

/**
 * Fidelity against budget as comma-separated values; names in it are letters, digits and dashes.
 */
public final class FidelityCsv {
  private static final String HEAD =
      "task,method,budget,prompts,kl_last_nats,kl_last_sd,kl_last_low95,kl_last_high95,kl_all_nats,"
          + "pred_changed,faithfulness,completeness\n";

  private FidelityCsv() {}

  public static String of(FidelityView view) {
    StringBuilder csv = new StringBuilder(HEAD);
    for (Task task : view.tasks()) {
      for (Method method : task.methods()) {
        method.points().forEach(point -> line(csv, task, method, point));
      }
    }
    return csv.toString();
  }

  private static void line(StringBuilder csv, Task task, Method method, Point point) {
    csv.append(task.task()).append(',').append(method.method()).append(',').append(point.budget());
    csv.append(',').append(point.prompts()).append(',').append(point.klLast());
    for (OptionalDouble value :
        new OptionalDouble[] {
          point.sd(),
          point.low(),
          point.high(),
          OptionalDouble.of(point.klAll()),
          OptionalDouble.of(point.predChanged()),
          point.faithfulness(),
          point.completeness()
        }) {
      csv.append(',').append(value.isPresent() ? Double.toString(value.getAsDouble()) : "");
    }
    csv.append('\n');
  }
}
