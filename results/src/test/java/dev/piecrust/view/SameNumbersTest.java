package dev.piecrust.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.Json;
import dev.piecrust.exchange.CsvRecords;
import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.MetricCurve;
import dev.piecrust.feature.MetricCurves;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.feature.TaskAccuracy;
import dev.piecrust.report.ExportFormat;
import dev.piecrust.report.SmallCampaign;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.report.analysis.MetricArea;
import dev.piecrust.report.table.ResultTable;
import dev.piecrust.report.table.ResultTable.Row;
import dev.piecrust.report.table.ResultTable.TaskTable;
import dev.piecrust.report.text.Findings;
import dev.piecrust.report.text.TableText;
import dev.piecrust.report.text.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every number of a campaign is the same on its page, in REST, in the terminal and in all exports,
 * and so is every sentence.
 */
final class SameNumbersTest {
  private static final List<String> METHODS = List.of("fap", "random");
  private static final List<Integer> BUDGETS = List.of(2, 4);

  @TempDir private Path folder;
  private SmallCampaign campaign;

  @BeforeEach
  void open() {
    campaign = new SmallCampaign(folder.resolve("home"));
  }

  @AfterEach
  void close() {
    campaign.close();
  }

  /** The small one has failures, and a random one has circuits and curves; one still runs. */
  @ParameterizedTest
  @ValueSource(strings = {"small", "in-sample", "held-out", "running"})
  void areTheSameEverywhere(String kind) throws Exception {
    String id = kind.equals("small") ? SmallCampaign.ID : fill(kind);
    ResultTable table = campaign.reports.table(id);
    TaskTable task = table.tasks().get(0);
    List<String> sentences = Findings.of(task);
    assertThat(sentences.size()).isGreaterThan(1);

    FidelityViews views = new FidelityViews(campaign.stores, campaign.reports);
    TaskSummaries summaries = new TaskSummaries(campaign.reports);
    try {
      FidelityView.Task page = views.of(id).tasks().get(0);
      assertThat(views.soon(id)).isEqualTo(views.of(id));
      assertThat(points(page))
          .isEqualTo(task.rows().stream().flatMap(r -> FidelityView.Point.of(r).stream()).toList());
      assertThat(page.heldOut()).isEqualTo(task.analysis().heldOut());
      assertThat(summaries.worked(campaign.stores.campaigns().status(id)))
          .containsExactly(new TaskSummary(task.task(), sentences));
      List<List<String>> rest = records(FidelityCsv.of(views.of(id)));
      for (Row row : task.rows()) {
        assertThat(
                find(rest, task.task(), row.method(), Integer.toString(row.budget())).subList(4, 8))
            .isEqualTo(numbers(row.klLast()).subList(0, 4));
      }
    } finally {
      views.stop();
      summaries.stop();
    }
    assertThat(Json.mapper().readValue(Json.write(table), ResultTable.class)).isEqualTo(table);
    terminal(table, sentences);
    csv(id, task);
    json(id, task);
    texts(id, task, sentences);
  }

  private static List<FidelityView.Point> points(FidelityView.Task page) {
    return page.methods().stream().flatMap(method -> method.points().stream()).toList();
  }

  private static void terminal(ResultTable table, List<String> sentences) {
    String text = TableText.of(table).replaceAll("\\s+", " ");
    sentences.forEach(sentence -> assertThat(text).contains(sentence));
    assertThat(Verdict.of(table, "1 s", new Verdict.Way("", "")).get(0).sentences())
        .containsExactly("ioi: " + sentences.get(0));
  }

  private void csv(String id, TaskTable task) throws IOException {
    Path csv = export(id, ExportFormat.CSV);
    List<List<String>> means = records(Files.readString(csv.resolve("fidelity.csv")));
    for (Row row : task.rows()) {
      List<String> record = find(means, "ioi", row.method(), Integer.toString(row.budget()));
      assertThat(record.subList(3, 8)).isEqualTo(numbers(row.klLast()));
      assertThat(record.subList(23 + 5, 23 + 10)).isEqualTo(numbers(row.ratios().faithfulness()));
    }
    List<List<String>> circuits = records(Files.readString(csv.resolve("circuits.csv")));
    for (HeldOut.Row row : task.analysis().heldOut().rows()) {
      assertThat(
              find(circuits, "ioi", row.method(), row.ranking(), Integer.toString(row.budget()))
                  .subList(4, 9))
          .isEqualTo(numbers(row.klLast()));
    }
    List<List<String>> areas = records(Files.readString(csv.resolve("areas.csv")));
    for (MetricArea area : task.analysis().heldOut().areas()) {
      List<String> record =
          find(
              areas,
              "ioi",
              area.method(),
              area.ranking(),
              area.sample(),
              area.units(),
              area.errors());
      assertThat(record.get(7)).isEqualTo(text(area.cpr().mean()));
      assertThat(record.get(10)).isEqualTo(text(area.cmd().mean()));
    }
  }

  private void json(String id, TaskTable task) throws IOException {
    JsonNode summary =
        Json.mapper()
            .readTree(export(id, ExportFormat.PIE).resolve("final_summary.json").toFile())
            .at("/tasks/ioi");
    for (Row row : task.rows()) {
      JsonNode node = summary.at("/methods/" + row.method() + "/" + row.budget());
      assertThat(node.get("mean_kl_last").asDouble()).isEqualTo(row.klLast().mean().orElseThrow());
      assertThat(node.at("/ci95_kl_last/0").asDouble()).isEqualTo(row.klLast().low().orElseThrow());
    }
    for (MetricArea area : task.analysis().heldOut().areas()) {
      JsonNode node =
          summary.at(
              "/areas/%s/%s/errors_%s"
                  .formatted(area.method(), area.sample().replace('-', '_'), area.errors()));
      assertThat(node.get("cpr").asDouble()).isEqualTo(area.cpr().mean().orElseThrow());
      assertThat(node.get("cmd").asDouble()).isEqualTo(area.cmd().mean().orElseThrow());
    }
  }

  private void texts(String id, TaskTable task, List<String> sentences) throws IOException {
    String html = Files.readString(export(id, ExportFormat.HTML).resolve("report.html"));
    String markdown =
        Files.readString(export(id, ExportFormat.MARKDOWN).resolve("results.md")).replace("\\", "");
    String latex =
        Files.readString(export(id, ExportFormat.LATEX).resolve("results.tex")).replace("\\", "");
    String terminal = TableText.of(campaign.reports.table(id));
    for (String sentence : sentences) {
      assertThat(html).contains(sentence);
      assertThat(markdown).contains(sentence);
    }
    for (String text : List.of(html, markdown, latex, terminal)) {
      for (Row row : task.rows()) {
        assertThat(text).contains(Numbers.figure(row.klLast().mean().orElseThrow()));
      }
      for (HeldOut.Row row : task.analysis().heldOut().rows()) {
        assertThat(text).contains(Numbers.figure(row.klLast().mean().orElseThrow()));
      }
      for (MetricArea area : task.analysis().heldOut().areas()) {
        assertThat(text).contains(Numbers.figure(area.cpr().mean().orElseThrow()));
      }
    }
  }

  private Path export(String id, ExportFormat format) {
    Path out = folder.resolve(format.label());
    campaign.reports.export(id, format, out);
    return out;
  }

  private String fill(String kind) {
    String id = "same-" + kind;
    campaign.stores.campaigns().create(id, SmallCampaign.SPEC);
    campaign.stores.campaigns().enter(id, CampaignState.RUNNING, "");
    Random random = new Random(5);
    List<CircuitOutcome> circuits = new ArrayList<>();
    for (int prompt = 0; prompt < 12; prompt++) {
      List<PromptOutcome> outcomes = new ArrayList<>();
      for (String method : METHODS) {
        TreeMap<Integer, Fidelity> fidelity = new TreeMap<>();
        BUDGETS.forEach(budget -> fidelity.put(budget, fidelity(random, budget)));
        outcomes.add(
            new PromptOutcome("ioi", prompt, "0".repeat(40), method, 9, fidelity, new TreeMap<>()));
        if (!kind.equals("in-sample") && prompt < 5) {
          for (int budget : BUDGETS) {
            circuits.add(
                new CircuitOutcome(
                    "ioi",
                    prompt,
                    "held-out",
                    method,
                    "mean-score",
                    budget,
                    budget + 1,
                    fidelity(random, budget),
                    budget == 2 ? Optional.of(curves(random)) : Optional.empty()));
          }
        }
      }
      campaign.stores.results().put(id, outcomes);
    }
    campaign.stores.circuits().put(id, circuits);
    campaign.stores.results().accuracy(id, "ioi", new TaskAccuracy(14, 12, true));
    if (!kind.equals("running")) {
      campaign.stores.campaigns().enter(id, CampaignState.FINISHED, "");
    }
    return id;
  }

  private static Fidelity fidelity(Random random, int budget) {
    double kl = 3 * random.nextDouble() / budget;
    return new Fidelity(
        kl, kl / 2, kl > 1 ? 1 : 0, random.nextDouble(), random.nextDouble(), 3.0, -1.0);
  }

  private static MetricCurves curves(Random random) {
    return new MetricCurves(curve(random), curve(random));
  }

  private static MetricCurve curve(Random random) {
    List<MetricCurve.Point> points =
        Stream.of(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
            .map(k -> new MetricCurve.Point(k, 1, 4 * random.nextDouble() * k, 4 * k))
            .toList();
    return new MetricCurve(3 + random.nextDouble(), -random.nextDouble(), -1.0, points);
  }

  private static List<String> numbers(Estimate estimate) {
    return List.of(
        text(estimate.mean()),
        text(estimate.sd()),
        text(estimate.low()),
        text(estimate.high()),
        Integer.toString(estimate.n()));
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }

  private static List<String> find(List<List<String>> records, String... first) {
    return records.stream()
        .filter(record -> record.subList(0, first.length).equals(List.of(first)))
        .findFirst()
        .orElseThrow();
  }

  private static List<List<String>> records(String csv) {
    List<List<String>> records = new ArrayList<>();
    try (CsvRecords read =
        new CsvRecords(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), "table")) {
      for (Optional<List<String>> next = read.next(); next.isPresent(); next = read.next()) {
        records.add(next.get());
      }
    }
    return records;
  }
}
