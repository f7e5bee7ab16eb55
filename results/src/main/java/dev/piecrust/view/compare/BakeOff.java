package dev.piecrust.view.compare;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.Method;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.report.analysis.MetricArea;
import dev.piecrust.view.compare.BakeOffLine.Aspect;
import dev.piecrust.view.compare.BakeOffLine.Better;
import dev.piecrust.view.compare.Comparing.Circuits;
import dev.piecrust.view.compare.Comparing.Curve;
import dev.piecrust.view.compare.Comparing.FadeLine;
import dev.piecrust.view.compare.Comparing.Point;
import dev.piecrust.view.compare.Comparing.Side;
import dev.piecrust.view.compare.Comparing.TaskCurves;
import dev.piecrust.view.train.TrainedFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Transcoders of one model beside one another: fidelity, interpretability and cost, a line for each
 * measure that any has. The numbers are those of the other tables, under one method that all have.
 */
public final class BakeOff {
  private final List<BakeOffLine> lines = new ArrayList<>();

  private BakeOff() {}

  /** Whether these are folders of which a training filled any, and not names of campaigns. */
  public static boolean areFolders(List<Path> paths) {
    return paths.size() > 1
        && paths.stream().allMatch(Files::isDirectory)
        && paths.stream().anyMatch(TrainedFolder::isOne);
  }

  /**
   * Of folders with what their trainings said of them.
   *
   * @throws dev.piecrust.failure.PieCrustException of category user where one has nothing of the
   *     kind, or they are of several models
   */
  public static List<BakeOffLine> ofFolders(List<Path> folders) {
    Map<String, TrainedFolder> trained = new LinkedHashMap<>();
    for (Path folder : folders) {
      trained.put(
          folder.toString(),
          TrainedFolder.read(folder)
              .orElseThrow(
                  () ->
                      user(
                          "%s has no training.json, expected a folder that 'train' filled",
                          folder)));
    }
    Set<String> models =
        trained.values().stream()
            .map(TrainedFolder::model)
            .collect(Collectors.toCollection(TreeSet::new));
    if (models.size() > 1) {
      throw user(
          "these transcoders are of the models %s, expected one model", String.join(", ", models));
    }
    BakeOff bakeOff = new BakeOff();
    bakeOff.trained(trained);
    return bakeOff.lines;
  }

  /**
   * Of campaigns.
   *
   * @param trained by campaign, of those whose transcoder says how it was trained
   * @param training by campaign, how long it trained, of those that did
   */
  static List<BakeOffLine> of(
      List<Side> sides,
      List<TaskCurves> tasks,
      List<Circuits> circuits,
      List<FadeLine> fade,
      Map<String, TrainedFolder> trained,
      Map<String, Duration> training) {
    BakeOff bakeOff = new BakeOff();
    bakeOff.trained(trained);
    for (TaskCurves task : tasks) {
      bakeOff.task(task, circuits.stream().filter(c -> c.task().equals(task.task())).toList());
    }
    for (FadeLine line : fade) {
      bakeOff.add(
          Aspect.INTERPRETABILITY,
          line.metric().label() + ", mean over features",
          Better.HIGHER,
          line.means());
    }
    bakeOff.cost(sides, training);
    return bakeOff.lines;
  }

  private void trained(Map<String, TrainedFolder> folders) {
    layers(
        folders, "unexplained share of the variance, held-out text", "unexplained", Better.LOWER);
    layers(folders, "active features a token and layer", "active", Better.NEITHER);
    layers(folders, "share of features that never act", "dead", Better.LOWER);
    add(
        Aspect.FIDELITY,
        "share of the MLPs' use that is kept, all replaced",
        Better.HIGHER,
        values(folders, f -> one(f.replacedWindows(), f.recovered())));
    add(
        Aspect.FIDELITY,
        "KL with all MLPs replaced, nats a token",
        Better.LOWER,
        values(folders, f -> one(f.replacedWindows(), f.kl())));
  }

  private void layers(
      Map<String, TrainedFolder> folders, String measure, String figure, Better better) {
    add(Aspect.FIDELITY, measure, better, values(folders, f -> one(f.windows(), f.layers(figure))));
  }

  private void task(TaskCurves task, List<Circuits> circuits) {
    Optional<String> method = shared(task);
    if (method.isEmpty()) {
      return;
    }
    List<Curve> curves =
        task.curves().stream().filter(curve -> curve.method().equals(method.get())).toList();
    Set<Integer> budgets = new TreeSet<>();
    curves.forEach(curve -> curve.points().forEach(point -> budgets.add(point.budget())));
    for (int budget : budgets) {
      Map<String, Estimate> values = new LinkedHashMap<>();
      curves.forEach(
          curve ->
              curve.points().stream()
                  .filter(point -> point.budget() == budget)
                  .map(Point::klLast)
                  .forEach(kl -> values.put(curve.campaign(), kl)));
      add(
          Aspect.FIDELITY,
          "%s: KL at K=%d of %s, in-sample, nats".formatted(task.task(), budget, method.get()),
          Better.LOWER,
          values);
    }
    heldOut(task.task(), circuits);
    for (boolean kept : List.of(true, false)) {
      area(task.task(), method.get(), circuits, kept);
    }
  }

  /** The first method that all who have the task have, chance left out. */
  private static Optional<String> shared(TaskCurves task) {
    Set<String> campaigns = new LinkedHashSet<>();
    task.curves().forEach(curve -> campaigns.add(curve.campaign()));
    return task.curves().stream()
        .map(Curve::method)
        .filter(method -> !method.equals(Method.RANDOM.label()))
        .filter(
            method ->
                task.curves().stream().filter(c -> c.method().equals(method)).count()
                    == campaigns.size())
        .findFirst();
  }

  private void heldOut(String task, List<Circuits> circuits) {
    Set<Integer> budgets = new TreeSet<>();
    circuits.forEach(side -> best(side).forEach(row -> budgets.add(row.budget())));
    for (int budget : budgets) {
      Map<String, Estimate> values = new LinkedHashMap<>();
      circuits.forEach(
          side ->
              best(side)
                  .filter(row -> row.budget() == budget)
                  .forEach(row -> values.putIfAbsent(side.campaign(), row.klLast())));
      add(
          Aspect.FIDELITY,
          "%s: KL of the best circuit of N=%d, held out, nats".formatted(task, budget),
          Better.LOWER,
          values);
    }
  }

  private static Stream<HeldOut.Row> best(Circuits side) {
    return side.heldOut().rows().stream().filter(HeldOut.Row::best);
  }

  private void area(String task, String method, List<Circuits> circuits, boolean errorsKept) {
    Map<String, Estimate> values = new LinkedHashMap<>();
    for (Circuits side : circuits) {
      side.heldOut().areas().stream()
          .filter(area -> area.heldOut() && area.errorsKept() == errorsKept)
          .filter(area -> area.method().equals(method))
          .map(MetricArea::cpr)
          .forEach(cpr -> values.put(side.campaign(), cpr));
    }
    add(
        Aspect.FIDELITY,
        "%s: CPR of %s, held out, error terms %s"
            .formatted(task, method, errorsKept ? "kept" : "patched"),
        Better.HIGHER,
        values);
  }

  private void cost(List<Side> sides, Map<String, Duration> training) {
    Map<String, Estimate> usd = new LinkedHashMap<>();
    Map<String, Estimate> seconds = new LinkedHashMap<>();
    for (Side side : sides) {
      if (side.spend().unpriced() == 0) {
        int calls = Math.toIntExact(side.spend().calls());
        usd.put(side.id(), one(calls, OptionalDouble.of(side.spend().spent().doubleValue())));
      }
      side.finishedAt()
          .map(end -> Duration.between(side.createdAt(), end))
          .ifPresent(took -> seconds.put(side.id(), seconds(took)));
    }
    add(Aspect.COST, "language models, USD", Better.LOWER, usd);
    add(Aspect.COST, "training, s", Better.LOWER, values(training, BakeOff::seconds));
    add(Aspect.COST, "start to end, s", Better.LOWER, seconds);
  }

  private static Estimate seconds(Duration took) {
    return one(1, OptionalDouble.of(took.toMillis() / 1e3));
  }

  private static <T> Map<String, Estimate> values(
      Map<String, T> each, Function<T, Estimate> value) {
    Map<String, Estimate> values = new LinkedHashMap<>();
    each.forEach((name, one) -> values.put(name, value.apply(one)));
    return values;
  }

  /** A number without an interval. */
  private static Estimate one(int n, OptionalDouble value) {
    OptionalDouble none = OptionalDouble.empty();
    return value.isPresent() ? new Estimate(n, 0, value, none, none, none) : Estimate.NONE;
  }

  private void add(Aspect aspect, String measure, Better better, Map<String, Estimate> values) {
    Map<String, Estimate> known = new LinkedHashMap<>(values);
    known.values().removeIf(value -> value.mean().isEmpty());
    if (!known.isEmpty()) {
      lines.add(new BakeOffLine(aspect, measure, better, known));
    }
  }
}
