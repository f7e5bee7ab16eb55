package dev.piecrust.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.TaskRef;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.input.Roots;
import dev.piecrust.spec.SpecReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose machine confines files to a folder gets a campaign that names others. */
class ConfinedWorkerTest {
  private static final Path DEMO = Path.of("..", "demo").toAbsolutePath().normalize();

  @TempDir Path folder;

  @Test
  void opensNothingThatLiesElsewhere() {
    CampaignSpec spec = SpecReader.read(DEMO.resolve("demo.yaml"));
    try (Installation installation = new Installation(folder)) {
      installation.stores.campaigns().create("demo", spec);
      GpuActivities worker = installation.worker(new Roots(List.of(folder)));
      assertRefused(catchThrowable(() -> worker.loadModel("demo")));
      TaskRef task = new TaskRef("demo", spec.tasks().get(0).name());
      assertRefused(catchThrowable(() -> worker.prepareTask(task)));
    }
  }

  private static void assertRefused(Throwable failure) {
    assertThat(Failures.sentence(failure))
        .startsWith("subject.model: " + DEMO)
        .contains("is outside of the folders that PIECRUST_ROOTS allows, expected ");
    assertThat(Failures.categoryOf(failure)).isEqualTo(FailureCategory.USER);
  }
}
