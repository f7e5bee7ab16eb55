package dev.piecrust.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.exchange.CsvRecords;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.report.ExportFormat;
import dev.piecrust.report.SmallCampaign;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.table.ResultTable.Row;
import dev.piecrust.report.text.TableText;
import dev.piecrust.view.FidelityView.Point;
import dev.piecrust.view.compare.CompareViews;
import dev.piecrust.view.compare.Comparing;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign of skewed results: its interval is the same wherever it is shown. */
final class OneIntervalTest {
  private static final String ID = "skewed";
  private static final double[] KL = {0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.4, 6.0};

  @TempDir private Path folder;
  private SmallCampaign campaign;
  private FidelityViews views;

  @BeforeEach
  void fill() {
    campaign = new SmallCampaign(folder.resolve("home"));
    campaign.stores.campaigns().create(ID, SmallCampaign.SPEC);
    campaign.stores.campaigns().enter(ID, CampaignState.RUNNING, "");
    for (int prompt = 0; prompt < KL.length; prompt++) {
      campaign
          .stores
          .results()
          .put(
              ID,
              List.of(
                  new PromptOutcome(
                      "ioi",
                      prompt,
                      "0".repeat(40),
                      "fap",
                      10,
                      new TreeMap<>(Map.of(2, new Fidelity(KL[prompt], KL[prompt], 0, 1.0, 0.1))),
                      new TreeMap<>())));
    }
    views = new FidelityViews(campaign.stores, campaign.reports);
  }

  @AfterEach
  void close() {
    views.stop();
    campaign.close();
  }

  @Test
  void isTheTablesOnThePageInRestInTheTerminalInCsvAndInComparisons() throws Exception {
    campaign.stores.campaigns().enter(ID, CampaignState.FINISHED, "");
    Row row = campaign.reports.table(ID).tasks().get(0).rows().get(0);
    Estimate kl = row.klLast();

    FidelityView page = views.soon(ID);
    assertThat(page.running()).isFalse();
    assertThat(page.estimator())
        .isEqualTo("95 % intervals: percentile bootstrap over prompts, 2,000 resamples, seed 0.");
    assertThat(page).isEqualTo(views.of(ID));
    Point point = page.tasks().get(0).methods().get(0).at(2).orElseThrow();
    assertThat(point).isEqualTo(Point.of(row).orElseThrow());
    assertThat(point.low()).isEqualTo(kl.low());
    assertThat(point.high()).isEqualTo(kl.high());

    List<String> rest = record(FidelityCsv.of(page));
    assertThat(rest.subList(4, 8)).isEqualTo(numbers(kl));
    campaign.reports.export(ID, ExportFormat.CSV, folder.resolve("csv"));
    List<String> exported = record(Files.readString(folder.resolve("csv/fidelity.csv")));
    assertThat(exported.subList(3, 7)).isEqualTo(numbers(kl));

    assertThat(TableText.of(campaign.reports.table(ID)))
        .contains(
            "%s – %s"
                .formatted(
                    Numbers.figure(kl.low().orElseThrow()),
                    Numbers.figure(kl.high().orElseThrow())));

    Comparing compared = new CompareViews(campaign.stores).compare(List.of(ID, SmallCampaign.ID));
    assertThat(compared.tasks().get(0).curves().get(0).points().get(0).klLast()).isEqualTo(kl);
  }

  @Test
  void isTheTablesOfARunningCampaignToo() {
    FidelityView page = views.soon(ID);
    assertThat(page.running()).isTrue();
    assertThat(page.estimator()).startsWith("Over the prompts so far; 95 % intervals: percentile");
    assertThat(page).isEqualTo(views.of(ID));
    Row row = campaign.reports.table(ID).tasks().get(0).rows().get(0);
    assertThat(page.tasks().get(0).methods().get(0).at(2)).isEqualTo(Point.of(row));
  }

  @Test
  void isSaidToBeAnotherWhereTheTablesTakeTooLong() {
    FidelityView page = views.summed(campaign.stores.campaigns().status(ID));
    assertThat(page.estimator()).contains("being worked out", "± 1.96 standard errors");
    Point point = page.tasks().get(0).methods().get(0).at(2).orElseThrow();
    // The standard error of so skewed values would reach below nothing.
    assertThat(point.low()).hasValue(0);
  }

  private static List<String> numbers(Estimate kl) {
    return List.of(
        Double.toString(kl.mean().orElseThrow()),
        Double.toString(kl.sd().orElseThrow()),
        Double.toString(kl.low().orElseThrow()),
        Double.toString(kl.high().orElseThrow()));
  }

  /** The first below the header. */
  private static List<String> record(String csv) {
    InputStream in = new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
    try (CsvRecords records = new CsvRecords(in, "table")) {
      Optional<List<String>> first = records.next();
      return first.orElseThrow();
    }
  }
}
