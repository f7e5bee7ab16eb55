package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.TaskRef;
import dev.piecrust.artifact.FolderArtifacts;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.gpu.GpuWorker;
import dev.piecrust.spec.SpecReader;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.DatabaseConfig;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workers that share a database and artifacts, as those of two machines do. */
class TwoWorkersTest {
  private static final String METHODS = "fap, fap-synergy, fap-swap, random, circuit-swap";
  private static final List<BiFunction<GpuActivities, PruneBatch, BatchSummary>> BATCH =
      List.of(
          GpuActivities::scoreFeatures, GpuActivities::rerankSynergy, GpuActivities::checkFidelity);

  @TempDir Path folder;

  /** One call of an activity on one worker. */
  private record Unit(
      PruneBatch batch, BiFunction<GpuActivities, PruneBatch, BatchSummary> activity) {
    BatchSummary on(GpuActivities worker) {
      return activity.apply(worker, batch);
    }
  }

  @Test
  void anotherWorkerFindsWhatIsDoneAndComputesTheRestToTheSameResults() throws Exception {
    CampaignSpec spec = SpecReader.read(SmallSpec.write(folder, METHODS));
    List<BatchSummary> alone = new ArrayList<>();
    try (Bench bench = new Bench(folder.resolve("alone"), spec)) {
      GpuActivities worker = bench.worker();
      bench.units(worker).forEach(unit -> alone.add(unit.on(worker)));
    }
    for (int handOver : new int[] {2, 7}) {
      try (Bench bench = new Bench(folder.resolve("after-" + handOver), spec)) {
        GpuActivities first = bench.worker();
        List<Unit> units = bench.units(first);
        units.subList(0, handOver).forEach(unit -> unit.on(first));
        GpuActivities second = bench.worker();
        for (int i = 0; i < units.size(); i++) {
          BatchSummary found = units.get(i).on(second);
          assertThat(found.reused()).as("unit %d after %d", i, handOver).isEqualTo(i < handOver);
          assertThat(found.result()).isEqualTo(alone.get(i).result());
        }
      }
    }
  }

  /** A database and a folder of artifacts with one campaign. */
  private static final class Bench implements AutoCloseable {
    private static final String CAMPAIGN = "small-0123abcd";

    private final Shutdown shutdown = new Shutdown();
    private final Stores stores;
    private final FolderArtifacts artifacts;

    Bench(Path folder, CampaignSpec spec) {
      stores = Stores.of(shutdown.add(Stores.database(DatabaseConfig.h2(folder.resolve("db")))));
      artifacts = new FolderArtifacts(folder.resolve("artifacts"));
      stores.campaigns().create(CAMPAIGN, spec);
    }

    GpuActivities worker() {
      TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
      shutdown.add(environment::close);
      environment.registerActivitiesImplementations(
          shutdown.add(new GpuWorker(stores, artifacts, "own")));
      GpuActivities worker = environment.newActivityStub(GpuActivities.class);
      worker.loadModel(CAMPAIGN);
      return worker;
    }

    /** All units in the order of the workflow. */
    List<Unit> units(GpuActivities worker) {
      PreparedTask task = worker.prepareTask(new TaskRef(CAMPAIGN, "ioi"));
      List<PruneBatch> batches = List.of(batch(task, 0, 5), batch(task, 5, 10));
      List<Unit> units = new ArrayList<>();
      batches.forEach(batch -> BATCH.forEach(activity -> units.add(new Unit(batch, activity))));
      units.add(new Unit(batch(task, 0, 10), GpuActivities::chooseCircuits));
      batches.forEach(batch -> units.add(new Unit(batch, GpuActivities::checkCircuits)));
      return units;
    }

    private static PruneBatch batch(PreparedTask task, int from, int to) {
      return new PruneBatch(CAMPAIGN, "ioi", from, to, task.pairs());
    }

    @Override
    public void close() {
      shutdown.close();
    }
  }
}
