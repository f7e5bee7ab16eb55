package dev.piecrust.view;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.report.Reports;
import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.report.analysis.PaperResults;
import dev.piecrust.report.analysis.Statistics;
import dev.piecrust.report.table.ResultTable.Row;
import dev.piecrust.report.table.ResultTable.TaskTable;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.SqlRow;
import dev.piecrust.view.FidelityView.Point;
import dev.piecrust.view.FidelityView.Task;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/**
 * Fidelity against budget, from the tables of a campaign, so that the same numbers stand
 * everywhere; where a large one's take too long, a page has the sums that are kept.
 */
@Singleton
public class FidelityViews {
  private static final double Z = 1.959964;

  private static final String SUMS =
      "select task, method, budget, prompts, kl_last, kl_last_sq, kl_all, pred_changed, faithful,"
          + " faithfulness, complete, completeness from fidelity_sum"
          + " where campaign_id = :id and prompts > 0 order by task, method, budget";

  private static final String SUMMED =
      "The intervals are being worked out; until then they are the mean ± 1.96 standard errors.";

  private final Stores stores;
  private final PaperResults paper = PaperResults.load();
  private final WorkedOut<List<TaskTable>> tables;

  public FidelityViews(Stores stores, Reports reports) {
    this.stores = stores;
    this.tables = new WorkedOut<>("piecrust-fidelity", reports::estimates);
  }

  private record Cell(String task, String method, Point point) {}

  /**
   * The numbers of a campaign; an unknown id is a user error. They are the tables', which may take
   * a while the first time.
   */
  public FidelityView of(String id) {
    CampaignStatus status = stores.campaigns().status(id);
    try {
      return exact(status, tables.of(status).join());
    } catch (CompletionException e) {
      throw e.getCause() instanceof PieCrustException known ? known : e;
    }
  }

  /** The same for a page, which does not wait for long. */
  public FidelityView soon(String id) {
    CampaignStatus status = stores.campaigns().status(id);
    return tables.soon(status).map(found -> exact(status, found)).orElseGet(() -> summed(status));
  }

  private static FidelityView exact(CampaignStatus status, List<TaskTable> tables) {
    boolean running = !status.state().ended();
    return new FidelityView(
        status.id(),
        running,
        (running ? "Over the prompts so far; 95 % intervals: " : "95 % intervals: ")
            + Statistics.estimator()
            + ".",
        tables.stream().map(FidelityViews::task).toList());
  }

  private static Task task(TaskTable table) {
    Map<String, List<Point>> points = new LinkedHashMap<>();
    for (Row row : table.rows()) {
      Point.of(row)
          .ifPresent(
              point -> points.computeIfAbsent(row.method(), m -> new ArrayList<>()).add(point));
    }
    return new Task(
        table.task(),
        table.budgets().stream().sorted().toList(),
        points.entrySet().stream()
            .map(method -> new FidelityView.Method(method.getKey(), method.getValue()))
            .toList(),
        table.analysis().heldOut(),
        table.paper());
  }

  /** From the sums that are kept, however many prompts there are; without circuits. */
  FidelityView summed(CampaignStatus status) {
    String id = status.id();
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
        !status.state().ended(),
        SUMMED,
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
        HeldOut.NONE,
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

  @PreDestroy
  void stop() {
    tables.close();
  }
}
