package dev.piecrust.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.PrunePhases;
import dev.piecrust.failure.PieCrustException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class LongTaskTest {
  /**
   * Enough batches, of 12 and then of 6 events each, for Temporal to suggest continuing as new, at
   * 4,096, once among the prompts and once among those held out.
   */
  private static final int BATCHES = 500;

  @Test
  void continuesAsNewWithoutLosingOrRepeatingABatchOrForgettingThatThereAreNoCircuits() {
    FakeControl control =
        new FakeControl(new CampaignPlan(List.of("ioi"), 0.2, new PrunePhases(false, true)));
    FakeGpu gpu =
        new FakeGpu(
            "own",
            BATCHES,
            1,
            FakeGpu.failingAt("circuits", PieCrustException.numeric("all scores are 0")));
    try (TestBench bench = TestBench.with(control, gpu)) {
      bench.run();
      assertThat(bench.input(TestBench.CAMPAIGN + "/prune/ioi")).contains("\"step\":\"HELD_OUT\"");
    }
    assertThat(gpu.calls.stream().filter(call -> call.startsWith("score")))
        .containsExactlyElementsOf(units("score ioi/%06d-%06d"));
    assertThat(gpu.calls).filteredOn(call -> call.startsWith("prepare")).hasSize(1);
    assertThat(control.parkedLines().subList(2, control.parked.size()))
        .containsExactlyElementsOf(
            units("held-out ioi|ioi/%06d-%06d|no circuits: all scores are 0"));
    assertThat(control.states).containsExactly("running", "finished with failures");
  }

  private static List<String> units(String format) {
    return IntStream.range(0, BATCHES).mapToObj(i -> format.formatted(i, i + 1)).toList();
  }
}
