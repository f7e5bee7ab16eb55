package dev.piecrust.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.Json;
import dev.piecrust.mlflow.RunData.Metric;
import dev.piecrust.report.analysis.Analysis;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.report.analysis.Ratios;
import dev.piecrust.report.table.ResultTable;
import dev.piecrust.report.table.ResultTable.Row;
import dev.piecrust.report.table.ResultTable.TaskTable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A campaign in MLflow's words. */
final class RunDataTest {
  private static final Estimate HALF =
      new Estimate(
          3,
          0,
          OptionalDouble.of(0.5),
          OptionalDouble.of(0.25),
          OptionalDouble.of(0.125),
          OptionalDouble.of(0.75));

  @Test
  void namesParametersByTheirPlaceInTheSpec() throws IOException {
    String spec =
        "{\"name\":\"x\",\"tasks\":[{\"kind\":\"ioi\",\"prompts\":5}],"
            + "\"prune\":{\"methods\":[\"fap\",\"random\"],\"budgets\":[10,20],\"empty\":[]},"
            + "\"long\":\"%s\",\"none\":null}";
    assertThat(RunData.parameters(Json.mapper().readTree(spec.formatted("a".repeat(600)))))
        .containsEntry("name", "x")
        .containsEntry("tasks.0.kind", "ioi")
        .containsEntry("tasks.0.prompts", "5")
        .containsEntry("prune.methods", "fap, random")
        .containsEntry("prune.budgets", "10, 20")
        .containsEntry("prune.empty", "")
        .containsEntry("long", "a".repeat(499) + "…")
        .hasSize(7);
  }

  @Test
  void logsMeansAndTheirIntervalsWithTheBudgetAsTheStep() {
    Row row = new Row("fap", 20, HALF, HALF, HALF, Estimate.NONE, Estimate.NONE, Ratios.NONE, true);
    HeldOut.Row circuit =
        new HeldOut.Row(
            "fap",
            "mean-score",
            10,
            HALF,
            HALF,
            HALF,
            Estimate.NONE,
            Estimate.NONE,
            Ratios.NONE,
            HALF,
            Optional.empty(),
            true);
    Analysis analysis =
        new Analysis(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new HeldOut(3, List.of(circuit), List.of()));
    ResultTable table =
        new ResultTable(
            "c",
            CampaignState.FINISHED,
            List.of(
                new TaskTable(
                    "my task=1",
                    3,
                    List.of(20),
                    List.of(row),
                    analysis,
                    Optional.empty(),
                    List.of())),
            Optional.empty(),
            List.of());
    assertThat(RunData.metrics(table, 1.25))
        .contains(
            new Metric("my task_1/fap/kl_last", 0.5, 20),
            new Metric("my task_1/fap/kl_last_low", 0.125, 20),
            new Metric("my task_1/fap/kl_last_high", 0.75, 20),
            new Metric("my task_1/held-out/fap/mean-score/kl_last", 0.5, 10),
            new Metric("usd", 1.25, 0))
        .noneMatch(metric -> metric.key().contains("faithfulness"));
  }

  @Test
  void callsAnOpenCampaignARunThatIsUnderWay() {
    assertThat(RunData.status(CampaignState.PAUSED)).isEqualTo("RUNNING");
    assertThat(RunData.status(CampaignState.FINISHED_WITH_FAILURES)).isEqualTo("FINISHED");
    assertThat(RunData.status(CampaignState.CANCELLED)).isEqualTo("KILLED");
  }
}
