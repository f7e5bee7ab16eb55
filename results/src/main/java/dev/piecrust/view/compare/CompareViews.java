package dev.piecrust.view.compare;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.Stages;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.StageProgress;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.report.analysis.HeldOutTable;
import dev.piecrust.report.analysis.Measures;
import dev.piecrust.store.Stores;
import dev.piecrust.view.Recent;
import dev.piecrust.view.compare.Comparing.Circuits;
import dev.piecrust.view.compare.Comparing.FadeLine;
import dev.piecrust.view.compare.Comparing.Side;
import dev.piecrust.view.compare.Comparing.TaskCurves;
import dev.piecrust.view.train.TrainedFolder;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sets campaigns beside one another. What was computed is kept until a campaign goes on. */
@Singleton
public class CompareViews {
  /** Fewer are no comparison, and more nobody can tell apart. */
  private static final int FEWEST = 2;

  private static final int MOST = 6;

  /** A task of two thousand prompts under ten methods at five budgets takes 1.2 MB. */
  private static final int KEPT_TASKS = 12;

  private static final int KEPT = 50;

  private final Stores stores;
  private final Recent<Version, Measures> measured = new Recent<>(KEPT_TASKS);
  private final Recent<List<Version>, TaskCurves> tasks = new Recent<>(KEPT);
  private final Recent<List<Version>, List<FadeLine>> fade = new Recent<>(KEPT);

  /** A stage of a campaign as it stood when its last unit ended. */
  private record Version(String campaign, String stage, Optional<Instant> updated) {}

  public CompareViews(Stores stores) {
    this.stores = stores;
  }

  /** Compares campaigns with the first of them; too few, too many or unknown are user errors. */
  public Comparing compare(List<String> ids) {
    List<String> distinct = ids.stream().distinct().toList();
    if (distinct.size() < FEWEST || distinct.size() > MOST) {
      throw user(
          "%d campaigns are to be compared, expected %d to %d", distinct.size(), FEWEST, MOST);
    }
    List<CampaignStatus> statuses = distinct.stream().map(stores.campaigns()::status).toList();
    List<CampaignSpec> specs = distinct.stream().map(stores.campaigns()::spec).toList();
    List<Side> sides = statuses.stream().map(this::side).toList();
    List<TaskCurves> curves = tasks(statuses, specs);
    List<Circuits> circuits = circuits(statuses, specs);
    List<FadeLine> scores = fade(statuses);
    boolean oneModel = specs.stream().map(spec -> spec.subject().model()).distinct().count() == 1;
    boolean several =
        specs.stream().map(spec -> spec.subject().transcoder()).distinct().count() > 1;
    return new Comparing(
        sides,
        curves,
        circuits,
        new ComparedKept(stores.reader()).of(distinct, specs),
        scores,
        SettingDifferences.of(specs),
        oneModel && several
            ? BakeOff.of(
                sides, curves, circuits, scores, trained(statuses, specs), training(statuses))
            : List.of());
  }

  private static Map<String, TrainedFolder> trained(
      List<CampaignStatus> statuses, List<CampaignSpec> specs) {
    Map<String, TrainedFolder> trained = new LinkedHashMap<>();
    for (int i = 0; i < specs.size(); i++) {
      String id = statuses.get(i).id();
      TrainedFolder.read(Path.of(specs.get(i).subject().transcoder()))
          .ifPresent(folder -> trained.put(id, folder));
    }
    return trained;
  }

  private static Map<String, Duration> training(List<CampaignStatus> statuses) {
    Map<String, Duration> training = new LinkedHashMap<>();
    for (CampaignStatus status : statuses) {
      for (StageProgress stage : status.stages()) {
        if (stage.stage().equals(Stages.TRAIN) && stage.done() == stage.total()) {
          stage
              .startedAt()
              .flatMap(start -> stage.updatedAt().map(end -> Duration.between(start, end)))
              .ifPresent(took -> training.put(status.id(), took));
        }
      }
    }
    return training;
  }

  private Side side(CampaignStatus status) {
    return new Side(
        status.id(),
        status.name(),
        status.state(),
        status.createdAt(),
        status.finishedAt(),
        stores.accounts().spend(status.id()));
  }

  private List<TaskCurves> tasks(List<CampaignStatus> statuses, List<CampaignSpec> specs) {
    Set<String> names = new LinkedHashSet<>();
    specs.forEach(spec -> spec.tasks().forEach(task -> names.add(task.name())));
    return names.stream().map(name -> task(name, statuses, specs)).toList();
  }

  private TaskCurves task(String name, List<CampaignStatus> statuses, List<CampaignSpec> specs) {
    List<Integer> having = new ArrayList<>();
    List<Version> versions = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      if (specs.get(i).tasks().stream().map(TaskSpec::name).anyMatch(name::equals)) {
        having.add(i);
        versions.add(version(statuses.get(i), Stages.fidelity(name)));
      }
    }
    return tasks.get(
        versions,
        key -> {
          List<ComparedTask.Campaign> campaigns = new ArrayList<>();
          for (int i = 0; i < having.size(); i++) {
            Version version = versions.get(i);
            int index = i;
            campaigns.add(
                new ComparedTask.Campaign(
                    version.campaign(),
                    specs.get(having.get(i)),
                    measured.get(
                        version,
                        v ->
                            Measures.read(
                                stores.results(),
                                v.campaign(),
                                name,
                                labels(specs.get(having.get(index)).prune().promptMethods())))));
          }
          return new ComparedTask(name, campaigns).curves();
        });
  }

  private List<Circuits> circuits(List<CampaignStatus> statuses, List<CampaignSpec> specs) {
    List<Circuits> circuits = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      String id = statuses.get(i).id();
      List<String> methods = labels(specs.get(i).prune().methods());
      Map<String, HeldOutTable> tables = new LinkedHashMap<>();
      specs.get(i).tasks().forEach(task -> tables.put(task.name(), new HeldOutTable(methods)));
      stores
          .circuits()
          .forEach(
              id,
              outcome ->
                  Optional.ofNullable(tables.get(outcome.task()))
                      .ifPresent(table -> table.add(outcome)));
      tables.forEach(
          (task, table) -> {
            HeldOut heldOut = table.build(new Measures());
            if (heldOut.prompts() > 0) {
              circuits.add(new Circuits(task, id, heldOut));
            }
          });
    }
    return circuits;
  }

  private static List<String> labels(List<Method> methods) {
    return methods.stream().map(Method::label).toList();
  }

  private static Version version(CampaignStatus status, String stage) {
    return new Version(
        status.id(),
        stage,
        status.stages().stream()
            .filter(progress -> progress.stage().equals(stage))
            .findFirst()
            .flatMap(StageProgress::updatedAt));
  }

  private List<FadeLine> fade(List<CampaignStatus> statuses) {
    List<Version> versions =
        statuses.stream().map(status -> version(status, FeatureStages.EVALUATE)).toList();
    return fade.get(
        versions,
        key ->
            new ComparedFade(stores, statuses.stream().map(CampaignStatus::id).toList())
                .lines(FadeMetric.values()));
  }
}
