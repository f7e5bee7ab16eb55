package dev.piecrust.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.bench.orchestration.CampaignSize;
import dev.piecrust.bench.orchestration.OrchestrationBench;
import dev.piecrust.bench.orchestration.OrchestrationReport;
import dev.piecrust.bench.orchestration.Phase;
import dev.piecrust.cli.SessionBenchHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A campaign of 10,000 prompts, of whose features every second one cannot be described, through the
 * real plans: on a real Temporal server where its command is there, else on the one in this JVM.
 */
@Timeout(1200)
@EnabledIfSystemProperty(
    named = "piecrust.matrix",
    matches = "true",
    disabledReason = "takes ten minutes; run by the profile matrix")
final class LargeCampaignIT {
  private static final int PROMPTS = 10_000;
  private static final int BATCHES = 500;
  private static final int FEATURES = 1_600;

  @TempDir Path folder;

  @Test
  void staysFarFromEveryLimitOfTemporalHoweverLargeItIs() throws Exception {
    OrchestrationReport report =
        new OrchestrationBench(
                new CampaignSize(PROMPTS, PROMPTS / BATCHES, 9, FEATURES, 2),
                SessionBenchHost.programPlans(),
                System.out::println)
            .run(System.getenv(), folder);
    report.lines().forEach(System.out::println);

    Phase prune = phase(report, "/prune/ioi");
    Phase interpret = phase(report, "/interpret");
    Phase evaluate = phase(report, "/evaluate");
    assertThat(prune.calls()).isGreaterThanOrEqualTo(2 * BATCHES).isLessThan(2 * BATCHES + 100);
    assertThat(interpret.calls()).isGreaterThanOrEqualTo(FEATURES + FEATURES / 2);
    assertThat(evaluate.calls()).isGreaterThanOrEqualTo(7 * FEATURES / 2);
    assertThat(interpret.runs()).as("interpretation continues as new").isGreaterThan(1);
    assertThat(evaluate.runs()).as("evaluation continues as new").isGreaterThan(1);

    assertThat(report.most(Phase::mostPending)).isLessThanOrEqualTo(500);
    assertThat(report.most(Phase::mostEvents)).isLessThan(20_000);
    assertThat(report.most(Phase::mostBytes)).isLessThan(10_000_000);
    assertThat(report.most(Phase::largestEvent)).isLessThan(32_000);
  }

  private static Phase phase(OrchestrationReport report, String name) {
    return report.phases().stream()
        .filter(phase -> phase.workflow().endsWith(name))
        .findFirst()
        .orElseThrow();
  }
}
