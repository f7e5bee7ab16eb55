package dev.piecrust.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.MethodSettings;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.tensor.TensorRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's pruning on the CPU beside the same on other devices. */
class DeviceAgreementTest {
  private static final Path DEMO = Path.of("..", "demo").toAbsolutePath().normalize();

  /** Of a mean KL in nats: TF32 rounds factors to ten bits, and adds in f32. */
  private static final double TOLERANCE = 1e-3;

  @TempDir Path folder;

  @Test
  void aGpuGivesTheFidelityOfTheCpu() {
    assumeTrue(
        Engine.getEngine("PyTorch").getGpuCount() > 0, "PyTorch finds no GPU on this machine");
    assertAgreement(means("cuda", "gpu"), means("cpu", "cpu"));
  }

  @Test
  void twoWorkersOfOneProcessDoNotDisturbEachOther() {
    Map<String, Double> alone = means("cpu", "alone");
    Map<String, Double> shared = means("cpu,cpu", "shared");
    assertThat(shared).isEqualTo(alone);
  }

  private static void assertAgreement(Map<String, Double> found, Map<String, Double> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet()).isNotEmpty();
    expected.forEach(
        (row, kl) -> assertThat(found.get(row)).as(row).isCloseTo(kl, within(TOLERANCE)));
  }

  /**
   * KL by method and budget, in nats, where the devices share the batches and work at the same
   * time.
   */
  private Map<String, Double> means(String devices, String home) {
    try (Installation installation = new Installation(folder.resolve(home))) {
      List<GpuActivities> workers =
          TensorRuntime.all(devices).stream().map(installation::worker).toList();
      List<PruneBatch> batches = installation.open("c", spec(), workers.get(0));
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < workers.size(); i++) {
        GpuActivities worker = workers.get(i);
        List<PruneBatch> share = everyNth(batches, i, workers.size());
        all.add(CompletableFuture.runAsync(() -> share.forEach(batch -> prune(worker, batch))));
      }
      all.forEach(CompletableFuture::join);
      return installation.results("c").stream()
          .collect(
              Collectors.groupingBy(
                  row -> row.method() + " at " + row.budget(),
                  Collectors.averagingDouble(row -> row.fidelity().klLast())));
    }
  }

  private static void prune(GpuActivities worker, PruneBatch batch) {
    worker.scoreFeatures(batch);
    worker.checkFidelity(batch);
  }

  private static <T> List<T> everyNth(List<T> all, int first, int n) {
    return IntStream.range(0, all.size()).filter(i -> i % n == first).mapToObj(all::get).toList();
  }

  private static CampaignSpec spec() {
    PruneSpec d = PruneSpec.defaults();
    PruneSpec prune =
        new PruneSpec(
            List.of(Method.FAP, Method.CLT_RELP, Method.ACTIVATION_MAGNITUDE),
            List.of(20, 50, 200),
            d.corruption(),
            d.metric(),
            d.scope(),
            4,
            2,
            MethodSettings.defaults(),
            0,
            true);
    return new CampaignSpec(
        "devices",
        new SubjectSpec(DEMO.resolve("model").toString(), DEMO.resolve("clt").toString()),
        List.of(new TaskSpec("ioi", TaskKind.IOI, 8, 1000, Optional.empty())),
        prune,
        LimitsSpec.defaults());
  }
}
