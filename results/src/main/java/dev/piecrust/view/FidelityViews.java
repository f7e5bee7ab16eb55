package dev.piecrust.view;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.report.analysis.PaperResults;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.SqlRow;
import dev.piecrust.view.FidelityView.Point;
import dev.piecrust.view.FidelityView.Task;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Reads fidelity against budget from the sums that are kept, however many prompts there are. */
@Singleton
public class FidelityViews {
  private static final double Z = 1.959964;

  private static final String SUMS =
      "select task, method, budget, prompts, kl_last, kl_last_sq, kl_all, pred_changed, faithful,"
          + " faithfulness, complete, completeness from fidelity_sum"
          + " where campaign_id = :id and prompts > 0 order by task, method, budget";

  private final Stores stores;
  private final PaperResults paper = PaperResults.load();

  public FidelityViews(Stores stores) {
    this.stores = stores;
  }

  private record Cell(String task, String method, Point point) {}

  /** An unknown id is a user error. */
  public FidelityView of(String id) {
    CampaignSpec spec = stores.campaigns().spec(id);
    Map<String, Map<String, List<Point>>> found = new TreeMap<>();
    for (Cell cell : stores.reader().list(SUMS, Map.of("id", id), FidelityViews::cell)) {
      found
          .computeIfAbsent(cell.task(), task -> new TreeMap<>())
          .computeIfAbsent(cell.method(), method -> new ArrayList<>())
          .add(cell.point());
    }
    return new FidelityView(
        id,
        spec.tasks().stream()
            .map(task -> task(spec, task, found.getOrDefault(task.name(), Map.of())))
            .toList());
  }

  private Task task(CampaignSpec spec, TaskSpec task, Map<String, List<Point>> found) {
    return new Task(
        task.name(),
        spec.prune().budgets().stream().sorted().toList(),
        spec.prune().methods().stream()
            .map(Method::label)
            .filter(found::containsKey)
            .map(method -> new FidelityView.Method(method, found.getOrDefault(method, List.of())))
            .toList(),
        paper.klLast(spec.subject(), task.kind()));
  }

  private static Cell cell(SqlRow row) {
    long n = row.number(3);
    double mean = sum(row, 4) / n;
    OptionalDouble sd = deviation(n, mean, sum(row, 5));
    OptionalDouble half =
        sd.isPresent()
            ? OptionalDouble.of(Z * sd.getAsDouble() / Math.sqrt((double) n))
            : OptionalDouble.empty();
    return new Cell(
        row.text(0),
        row.text(1),
        new Point(
            row.integer(2),
            n,
            mean,
            sd,
            plus(mean, half, -1),
            plus(mean, half, 1),
            sum(row, 6) / n,
            sum(row, 7) / n,
            mean(row, 8, 9),
            mean(row, 10, 11)));
  }

  /** What is added and taken off again leaves a rest; a variance is not negative for that. */
  private static OptionalDouble deviation(long n, double mean, double squares) {
    return n < 2
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.sqrt(Math.max(0, squares - n * mean * mean) / (n - 1)));
  }

  private static OptionalDouble plus(double mean, OptionalDouble half, int sign) {
    return half.isPresent()
        ? OptionalDouble.of(Math.max(0, mean + sign * half.getAsDouble()))
        : half;
  }

  private static OptionalDouble mean(SqlRow row, int count, int sum) {
    long n = row.number(count);
    return n == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum(row, sum) / n);
  }

  private static double sum(SqlRow row, int column) {
    return row.real(column).orElse(0);
  }
}
