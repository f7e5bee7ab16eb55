package dev.piecrust.gpu;

import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.FeatureActivities;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.TaskRef;
import dev.piecrust.activity.TrainActivities;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.FolderArtifacts;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.input.Roots;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import dev.piecrust.tensor.TensorRuntime;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A database and an artifact store with any number of workers, each as its own activities. */
final class Installation implements AutoCloseable {
  private static final Roots NO_LIMIT = new Roots(List.of());

  final ArtifactStore artifacts;
  final Stores stores;
  private final Database database;
  private final List<TestActivityEnvironment> environments = new ArrayList<>();
  private final List<GpuWorker> workers = new ArrayList<>();

  Installation(Path folder) {
    artifacts = new FolderArtifacts(folder.resolve("artifacts"));
    database = Stores.database(DatabaseConfig.h2(folder.resolve("db")));
    stores = Stores.of(database);
  }

  /** One more worker. */
  GpuActivities worker() {
    return worker(NO_LIMIT);
  }

  /** One more worker, that keeps its artifacts elsewhere. */
  GpuActivities worker(ArtifactStore store) {
    return environment(store, TensorRuntime.start(), NO_LIMIT, HubFolders.ofThisProcess())
        .newActivityStub(GpuActivities.class);
  }

  /** One more worker, on a device. */
  GpuActivities worker(TensorRuntime device) {
    return environment(artifacts, device, NO_LIMIT, HubFolders.ofThisProcess())
        .newActivityStub(GpuActivities.class);
  }

  /** One more worker, on a machine that confines its files. */
  GpuActivities worker(Roots roots) {
    return environment(artifacts, TensorRuntime.start(), roots, HubFolders.ofThisProcess())
        .newActivityStub(GpuActivities.class);
  }

  /** One more worker, that asks this hub. */
  GpuActivities worker(HubFolders folders) {
    return environment(artifacts, TensorRuntime.start(), NO_LIMIT, folders)
        .newActivityStub(GpuActivities.class);
  }

  /** One more worker, for trainings. */
  TrainActivities trainer() {
    return environment(artifacts, TensorRuntime.start(), NO_LIMIT, HubFolders.ofThisProcess())
        .newActivityStub(TrainActivities.class);
  }

  /** One more worker, for features. */
  FeatureActivities featureWorker() {
    return featureWorker(artifacts);
  }

  /** One more worker, that keeps its artifacts elsewhere. */
  FeatureActivities featureWorker(ArtifactStore store) {
    return environment(store, TensorRuntime.start(), NO_LIMIT, HubFolders.ofThisProcess())
        .newActivityStub(FeatureActivities.class);
  }

  private TestActivityEnvironment environment(
      ArtifactStore store, TensorRuntime device, Roots roots, HubFolders folders) {
    GpuWorker worker =
        new GpuWorker(stores, store, "own-" + workers.size(), device, roots, folders);
    workers.add(worker);
    TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
    environment.registerActivitiesImplementations(worker);
    environments.add(environment);
    return environment;
  }

  /** A campaign whose only task is split into batches. */
  List<PruneBatch> open(String id, CampaignSpec spec, GpuActivities worker) {
    stores.campaigns().create(id, spec);
    String task = spec.tasks().get(0).name();
    PreparedTask prepared = worker.prepareTask(new TaskRef(id, task));
    List<PruneBatch> batches = new ArrayList<>();
    for (int from = 0; from < prepared.prompts(); from += prepared.batch()) {
      int to = Math.min(from + prepared.batch(), prepared.prompts());
      batches.add(new PruneBatch(id, task, from, to, prepared.pairs()));
    }
    return batches;
  }

  /** The task as one unit. */
  static PruneBatch whole(List<PruneBatch> batches) {
    PruneBatch last = batches.get(batches.size() - 1);
    return new PruneBatch(last.campaignId(), last.task(), 0, last.to(), last.pairs());
  }

  /** All units of a task on one worker, in the order of the workflow. */
  static List<BatchSummary> run(List<PruneBatch> batches, GpuActivities worker) {
    List<BatchSummary> done = new ArrayList<>();
    for (PruneBatch batch : batches) {
      done.add(worker.scoreFeatures(batch));
      done.add(worker.rerankSynergy(batch));
      done.add(worker.checkFidelity(batch));
    }
    done.add(worker.chooseCircuits(whole(batches)));
    batches.forEach(batch -> done.add(worker.checkCircuits(batch)));
    return done;
  }

  @Override
  public void close() {
    environments.forEach(TestActivityEnvironment::close);
    workers.forEach(GpuWorker::close);
    database.close();
  }

  /** What a method did on one prompt at one budget. */
  record Result(String method, int budget, int prompt, Fidelity fidelity) {}

  /** All results of task {@code ioi} of a campaign. */
  List<Result> results(String campaign) {
    List<Result> all = new ArrayList<>();
    for (Method method : Method.values()) {
      stores
          .results()
          .forEach(
              campaign,
              "ioi",
              method.label(),
              (budget, prompt, fidelity) ->
                  all.add(new Result(method.label(), budget, prompt, fidelity)));
    }
    return all;
  }
}
