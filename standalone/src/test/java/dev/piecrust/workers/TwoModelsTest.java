package dev.piecrust.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.TaskRef;
import dev.piecrust.artifact.FolderArtifacts;
import dev.piecrust.embedded.Program;
import dev.piecrust.embedded.Shutdown;
import dev.piecrust.embedded.SmallSpec;
import dev.piecrust.gpu.GpuWorker;
import dev.piecrust.metric.Meters;
import dev.piecrust.spec.SpecReader;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.DatabaseConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two campaigns on two models share one device, which has room for one model. */
@Timeout(300)
final class TwoModelsTest {
  private static final int BATCHES = 5;

  @TempDir Path folder;

  @Test
  void loadTheirsOnceAndNotForEveryBatch() throws Exception {
    try (Shutdown shutdown = new Shutdown()) {
      SimpleMeterRegistry meters = new SimpleMeterRegistry();
      Stores stores =
          Stores.of(shutdown.add(Stores.database(DatabaseConfig.h2(folder.resolve("db")))), meters);
      for (String campaign : List.of("one", "two")) {
        stores.campaigns().create(campaign, SpecReader.read(spec(campaign)));
      }
      GpuWorker gpu =
          shutdown.add(
              new GpuWorker(stores, new FolderArtifacts(folder.resolve("artifacts")), "own"));
      DeviceLock turn = new DeviceLock(gpu::subjectOf, Meters.DEVICE_WAIT.timer(meters));
      DeviceScheduler fleet = new DeviceScheduler(List::of, rest -> {});
      fleet.add(
          "own",
          gpu::loadModel,
          turn,
          new SubjectHosts(queue -> () -> {}, campaign -> false, campaign -> false));
      LockedGpuActivities device =
          new LockedGpuActivities(gpu, turn, fleet, campaign -> {}, new NoHosts());
      CompletableFuture.allOf(
              Stream.of("one", "two")
                  .map(name -> CompletableFuture.runAsync(() -> prune(device, name)))
                  .toArray(CompletableFuture[]::new))
          .join();

      assertThat(Meters.SUBJECT_LOADS.counter(meters).count()).isEqualTo(2);
    }
  }

  /** Each in an environment of its own, which does one activity at a time. */
  private static void prune(GpuActivities shared, String campaign) {
    TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
    try {
      environment.registerActivitiesImplementations(shared);
      GpuActivities device = environment.newActivityStub(GpuActivities.class);
      device.loadModel(campaign);
      PreparedTask task = device.prepareTask(new TaskRef(campaign, "ioi"));
      for (int batch = 0; batch < BATCHES; batch++) {
        PruneBatch prompts =
            new PruneBatch(campaign, "ioi", 2 * batch, 2 * batch + 2, task.pairs());
        assertThat(device.scoreFeatures(prompts).done()).isEqualTo(2);
        assertThat(device.checkFidelity(prompts).done()).isEqualTo(2);
      }
    } finally {
      environment.close();
    }
  }

  /** A model in a folder of its own. */
  private Path spec(String name) throws Exception {
    Path home = Files.createDirectories(folder.resolve(name));
    Path model = Files.createDirectories(home.resolve("model"));
    Path shipped = Program.ROOT.resolve("demo/model");
    try (var files = Files.list(shipped)) {
      for (Path file : files.toList()) {
        Files.createSymbolicLink(model.resolve(file.getFileName()), file);
      }
    }
    Path spec = SmallSpec.write(home, "fap, random");
    return Files.writeString(
        spec, Files.readString(spec).replace(shipped.toString(), model.toString()));
  }
}
