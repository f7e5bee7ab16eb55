package dev.piecrust.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.report.file.BuildVersion;
import io.temporal.common.VersioningBehavior;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.tuning.ResourceBasedTuner;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TuningTest {
  @Test
  void isTheDefaultsWhereNothingIsSaid() {
    assertThat(Tuning.of(Map.of())).isEqualTo(Tuning.defaults());
    assertThat(Tuning.of(Map.of("PIECRUST_LLM_SLOTS", " ", "PIECRUST_DEPLOYMENT", "")))
        .isEqualTo(Tuning.defaults());
    assertThat(Tuning.defaults().llmSlots()).isEqualTo(64);
    assertThat(Tuning.defaults().devices()).isEqualTo("auto");
    assertThat(Tuning.defaults().deployment()).isEmpty();
  }

  @Test
  void readsWhatIsSaid() {
    Tuning tuning =
        Tuning.of(
            Map.of(
                "PIECRUST_LLM_SLOTS", "16",
                "PIECRUST_WORKFLOW_CACHE", "50",
                "PIECRUST_DEVICE", "cuda:1",
                "PIECRUST_DEPLOYMENT", "lab",
                "PIECRUST_BUILD_ID", "0.6.0+7"));
    assertThat(tuning.devices()).isEqualTo("cuda:1");
    assertThat(tuning.withDevices("cpu").devices()).isEqualTo("cpu");
    assertThat(tuning.llmSlots()).isEqualTo(16);
    assertThat(tuning.withLlmSlots(3).llmSlots()).isEqualTo(3);
    assertThat(tuning.factory().getWorkflowCacheSize()).isEqualTo(50);
    assertThat(tuning.deployment()).contains(new Deployment("lab", "0.6.0+7"));
  }

  /** Which of the two the tests see is the JVM's affair; both are tried by running them on each. */
  @Test
  void plansHaveVirtualThreadsWhereTheJvmHasThem() {
    int java = Runtime.version().feature();
    assertThat(Tuning.defaults().factory().isUsingVirtualWorkflowThreads()).isEqualTo(java >= 21);
    assertThat(VirtualThreads.mayBlock()).isEqualTo(java >= 24);
  }

  @Test
  void aWorkerOfLanguageModelsTakesNoMoreThanItsMachineBears() {
    WorkerOptions options = LlmSlots.measured(WorkerOptions.newBuilder(), 16).build();
    assertThat(options.getWorkerTuner()).isInstanceOf(ResourceBasedTuner.class);
  }

  @Test
  void pinsCampaignsToTheProgramsVersionWhereNoBuildIsNamed() {
    Deployment deployment = Deployment.of(Map.of("PIECRUST_DEPLOYMENT", "lab")).orElseThrow();
    assertThat(deployment.build()).isEqualTo(BuildVersion.read());
    assertThat(deployment.options().getDefaultVersioningBehavior())
        .isEqualTo(VersioningBehavior.PINNED);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> Tuning.of(Map.of("PIECRUST_LLM_SLOTS", "many")))
        .hasMessage("PIECRUST_LLM_SLOTS is 'many', expected a whole number from 1 to 1000");
    assertThatThrownBy(() -> Tuning.of(Map.of("PIECRUST_WORKFLOW_CACHE", "0")))
        .hasMessage("PIECRUST_WORKFLOW_CACHE is 0, expected a whole number from 1 to 1000");
    assertThatThrownBy(() -> Tuning.of(Map.of("PIECRUST_DEPLOYMENT", "a.b")))
        .hasMessage("PIECRUST_DEPLOYMENT is 'a.b', expected 1 to 64 letters, digits, - and _");
    assertThatThrownBy(
            () -> Tuning.of(Map.of("PIECRUST_DEPLOYMENT", "lab", "PIECRUST_BUILD_ID", "a b")))
        .hasMessage(
            "PIECRUST_BUILD_ID is 'a b', expected 1 to 64 letters, digits, and any of - _ . +");
  }
}
