package dev.piecrust.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.report.analysis.Analysis;
import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.report.table.ResultTable;
import dev.piecrust.report.table.ResultTable.TaskTable;
import dev.piecrust.report.text.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The five lines of a campaign that only prunes; those on features are in MeaningReportTest. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class VerdictTest {
  private static final Verdict.Way WAY = new Verdict.Way("open PAGE", " --server URL");

  private ResultTable table;

  @BeforeAll
  void read(@TempDir Path folder) {
    try (SmallCampaign campaign = new SmallCampaign(folder)) {
      table = campaign.reports.table(SmallCampaign.ID);
    }
  }

  @Test
  void saysWhatHoldsOnPromptsThatWereHeldOut() {
    // KL of circuit-swap on the two prompts: 1.0 and 1.5; of fap by mean score: 1.0 and 2.0.
    assertThat(line("kept", table))
        .isEqualTo(
            "ioi: 2 features (circuit-swap by swap), held-out KL 1.25 nats (95 % 1.00–1.50, 2"
                + " prompts); no difference shown from 1 of 1 other circuits");
  }

  @Test
  void saysThatAFigureIsInSampleWhereNothingWasHeldOut() {
    // KL of fap at K=4: 0.25 and 0.75; random does worse on both prompts.
    assertThat(line("kept", withoutHeldOut(table)))
        .isEqualTo(
            "ioi: 4 occurrences a prompt (fap), in-sample KL 0.500 nats (95 % 0.250–0.750, 2"
                + " prompts); no held-out result");
  }

  @Test
  void saysThatNothingWasMeasured() {
    TaskTable task = table.tasks().get(0);
    TaskTable empty =
        new TaskTable(
            task.task(),
            0,
            task.budgets(),
            List.of(),
            new Analysis(List.of(), List.of(), List.of(), List.of(), HeldOut.NONE),
            Optional.empty(),
            List.of());
    assertThat(line("kept", of(empty, table.state()))).isEqualTo("ioi: no prompt has a result");
  }

  @Test
  void alwaysHasFiveLines() {
    assertThat(Verdict.of(table, "3 min", WAY))
        .extracting(Verdict.Line::title)
        .containsExactly("kept", "meaning", "scores", "cost", "next");
    assertThat(line("meaning", table)).contains("the spec has no 'interpret'");
    assertThat(line("scores", table)).contains("the spec has no 'evaluate'");
    assertThat(line("cost", table)).isEqualTo("no language model was asked, 3 min");
  }

  @Test
  void endsWithTheCommandsThatHelp() {
    // One prompt failed alone and two with their unit, after which nothing came.
    assertThat(line("next", table))
        .isEqualTo(
            "./piecrust retry %1$s --server URL for 3 prompts without a result; open PAGE; ./piecrust export %1$s --format html --out DIR --server URL; ./piecrust watch %1$s --tables --server URL"
                .formatted(SmallCampaign.ID));
    ResultTable paused =
        new ResultTable(
            "x", CampaignState.PAUSED_FOR_BUDGET, table.tasks(), Optional.empty(), List.of());
    assertThat(line("next", paused))
        .startsWith("./piecrust budget x --usd X --server URL to go on; ")
        .doesNotContain("retry");
  }

  private static ResultTable withoutHeldOut(ResultTable table) {
    TaskTable task = table.tasks().get(0);
    Analysis analysis = task.analysis();
    return of(
        new TaskTable(
            task.task(),
            task.prompts(),
            task.budgets(),
            task.rows(),
            new Analysis(
                analysis.effective(),
                analysis.compressions(),
                analysis.comparisons(),
                analysis.overlaps(),
                HeldOut.NONE),
            task.accuracy(),
            task.paper()),
        table.state());
  }

  private static ResultTable of(TaskTable task, CampaignState state) {
    return new ResultTable("x", state, List.of(task), Optional.empty(), List.of());
  }

  private static String line(String title, ResultTable table) {
    return Verdict.of(table, "3 min", WAY).stream()
        .filter(line -> line.title().equals(title))
        .map(line -> String.join("\n", line.sentences()))
        .findFirst()
        .orElseThrow();
  }
}
