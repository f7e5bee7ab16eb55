package dev.piecrust.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.artifact.FolderArtifacts;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.embedded.EmbeddedTemporal;
import dev.piecrust.embedded.Shutdown;
import dev.piecrust.embedded.SmallSpec;
import dev.piecrust.gpu.GpuWorker;
import dev.piecrust.observe.Instruments;
import dev.piecrust.spec.SpecReader;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.DatabaseConfig;
import dev.piecrust.tensor.TensorRuntime;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One process with two devices, here the CPU twice. */
@Timeout(300)
final class SeveralDevicesTest {
  private static final String PLANS = "plans";

  @TempDir Path folder;

  /** Loads a campaign's subject by way of the queue of all. */
  @WorkflowInterface
  public interface Load {
    @WorkflowMethod
    String queueOfWhoLoads(String campaign);
  }

  public static final class LoadImpl implements Load {
    @Override
    public String queueOfWhoLoads(String campaign) {
      return Workflow.newActivityStub(
              GpuActivities.class,
              ActivityOptions.newBuilder()
                  .setTaskQueue(TaskQueues.GPU)
                  .setStartToCloseTimeout(Duration.ofMinutes(1))
                  .build())
          .loadModel(campaign)
          .queue();
    }
  }

  @Test
  void loadsGoToTheDeviceThatIsFreeWhicheverIsAsked() throws Exception {
    try (Shutdown shutdown = new Shutdown()) {
      Stores stores =
          Stores.of(shutdown.add(Stores.database(DatabaseConfig.h2(folder.resolve("db")))));
      CampaignSpec spec = SpecReader.read(SmallSpec.write(folder, "fap"));
      List.of("one", "two").forEach(id -> stores.campaigns().create(id, spec));
      List<GpuWorker> devices =
          GpuWorker.on(
              TensorRuntime.all("cpu,cpu"),
              stores,
              new FolderArtifacts(folder.resolve("artifacts")),
              "here");
      devices.forEach(shutdown::add);
      assertThat(devices).extracting(GpuWorker::queue).containsExactly("here", "here-2");

      EmbeddedTemporal temporal = shutdown.add(new EmbeddedTemporal(Instruments.none()));
      shutdown.add(
          new Workers(temporal.client(), Duration.ZERO, Tuning.defaults())
              .devices(devices, List::of)
              .start());
      WorkerFactory plans = WorkerFactory.newInstance(temporal.client());
      shutdown.add(plans::shutdownNow);
      plans.newWorker(PLANS).registerWorkflowImplementationTypes(LoadImpl.class);
      plans.start();

      CompletableFuture<String> one = whoLoads(temporal.client(), "one");
      CompletableFuture<String> two = whoLoads(temporal.client(), "two");
      assertThat(List.of(one.join(), two.join())).containsExactlyInAnyOrder("here", "here-2");
    }
  }

  private static CompletableFuture<String> whoLoads(WorkflowClient client, String campaign) {
    Load plan =
        client.newWorkflowStub(
            Load.class, WorkflowOptions.newBuilder().setTaskQueue(PLANS).build());
    return WorkflowClient.execute(plan::queueOfWhoLoads, campaign);
  }
}
