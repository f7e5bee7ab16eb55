package dev.piecrust.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.activity.UnitFailure;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CorpusSpec;
import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.campaign.EvidenceSpec;
import dev.piecrust.campaign.FadePreset;
import dev.piecrust.campaign.FeatureRule;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.exchange.DescriptionFile;
import dev.piecrust.feature.ActivatedText;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.Example;
import dev.piecrust.feature.Explanation;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeResult;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.RatedContinuation;
import dev.piecrust.feature.RatedSample;
import dev.piecrust.feature.SelectedFeature;
import dev.piecrust.feature.Stratum;
import dev.piecrust.report.text.TableText;
import dev.piecrust.report.text.Verdict;
import dev.piecrust.store.features.FeatureStore;
import dev.piecrust.view.FeatureView;
import dev.piecrust.view.FeatureViews;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What features mean, in tables and exports; descriptions come from outside and are hostile. */
final class MeaningReportTest {
  private static final String ID = "meaning-1";
  private static final FeatureId NAMES = new FeatureId(1, 2);
  private static final FeatureId HOSTILE = new FeatureId(0, 5);
  private static final FeatureId SILENT = new FeatureId(0, 1);
  private static final String ATTACK =
      "=HYPERLINK(\"x\")\n\u001b[2Jgone \u202Eevil, \"quoted\" <script>alert(1)</script>";

  @TempDir private Path folder;
  private SmallCampaign campaign;

  @BeforeEach
  void fill() {
    campaign = new SmallCampaign(folder.resolve("home"));
    CampaignSpec small = SmallCampaign.SPEC;
    campaign
        .stores
        .campaigns()
        .create(
            ID,
            new CampaignSpec(
                small.name(),
                small.subject(),
                small.tasks(),
                small.prune(),
                Optional.of(
                    new InterpretSpec(
                        new FeatureRule(Method.FAP, 2, 1, 10),
                        new CorpusSpec(Optional.of("/corpus"), Optional.empty(), 10, 8),
                        EvidenceSpec.defaults(),
                        LlmSpec.lexical(),
                        Optional.empty())),
                Optional.of(EvaluateSpec.of(FadePreset.PIE)),
                small.limits()));
    FeatureStore features = campaign.stores.features();
    features.select(
        ID,
        List.of(
            new SelectedFeature(0, NAMES, 9, 0.5, List.of("ioi")),
            new SelectedFeature(1, HOSTILE, 3, 0.25, List.of("ioi")),
            new SelectedFeature(2, SILENT, 1, 0.125, List.of("ioi"))));
    features.explain(ID, explanation(NAMES, Optional.of("names of people"), ""));
    features.explain(ID, explanation(HOSTILE, Optional.of(ATTACK), ""));
    features.explain(ID, explanation(SILENT, Optional.empty(), "never active"));
    features.evaluate(ID, fade(NAMES, new FadeScore.Scored(0.75, 25)));
    features.evaluate(
        ID,
        fade(HOSTILE, new FadeScore.Unscored(FadeScore.Kind.UNPARSED, "no ratings in 'I won't'")));
    campaign
        .stores
        .units()
        .park(new UnitFailure(ID, FeatureStages.EXPLAIN, "L000/0000001", 1, "never active"));
  }

  @AfterEach
  void close() {
    campaign.close();
  }

  @Test
  void showsDescriptionsBesideTheirScoresAndLabelsTheBaseline() {
    String text = TableText.of(campaign.reports.table(ID));
    assertThat(text)
        .contains("Features: 3, of which 2 are described by lexical (an offline baseline")
        .containsPattern("clarity +0\\.750 +1 +1 no input, 1 unparsed")
        .containsPattern("faithfulness +– +0 +2 not asked")
        .containsPattern("L1/2 +9 +0\\.750 +– +– +– +names of people")
        .containsPattern("L0/1 +1 +– +– +– +– +– never active")
        .contains("explain feature L000/0000001: never active")
        .doesNotContain("\u001b", "\u202E");
  }

  @Test
  void saysInTheVerdictWhatFeaturesMeanAndOnHowManyEachScoreStands() {
    assertThat(verdict("meaning"))
        .startsWith("Features: 3, of which 2 are described by lexical (an offline baseline")
        .endsWith(". First in rank, L1/2 (9 occurrences kept): names of people");
    assertThat(verdict("scores"))
        .startsWith(
            "FADE, means over features with a score: clarity 0.750 on 1 of 3 (1 no input, 1")
        .endsWith("faithfulness – on 0 of 3 (2 not asked, 1 no input)");
    assertThat(verdict("cost"))
        .isEqualTo("0.00 USD spent, 0 calls, 0 answers from the cache, 3 min so far");
    assertThat(verdict("next")).startsWith("./piecrust retry meaning-1 for 1 unit without a res");
  }

  @Test
  void saysInTheVerdictWhyTheFirstFeatureHasNoDescription() {
    for (FeatureId id : List.of(NAMES, HOSTILE)) {
      campaign.stores.features().explain(ID, explanation(id, Optional.empty(), "no reply"));
    }
    assertThat(verdict("meaning"))
        .startsWith("Features: 3, of which 0 are described by")
        .endsWith("L1/2 (9 occurrences kept): – no reply");
    campaign.stores.features().select(ID, List.of());
    assertThat(verdict("meaning")).contains("Features: 0").doesNotContain("First in rank");
  }

  private String verdict(String title) {
    Verdict.Way way = new Verdict.Way("", "");
    return Verdict.of(campaign.reports.table(ID), "3 min so far", way).stream()
        .filter(line -> line.title().equals(title))
        .map(line -> String.join("", line.sentences()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tellsDescriptionsThatWereMadeElsewhereFromItsOwn() throws IOException {
    campaign
        .stores
        .features()
        .explain(ID, Explanation.imported(SILENT, "mine.csv", "silent letters"));
    assertThat(TableText.of(campaign.reports.table(ID)))
        .contains("Features: 3, of which 2 are described by lexical")
        .contains("language model), and 1 by descriptions made elsewhere.")
        .containsPattern("L0/1 .* silent letters");
    Path out = folder.resolve("imported");
    campaign.reports.export(ID, ExportFormat.PIE, out);
    JsonNode silent = read(out.resolve("descriptions.json")).get(Long.toString(SILENT.cantor()));
    assertThat(silent.get("provider").textValue()).isEqualTo("imported");
    assertThat(silent.get("model").textValue()).isEqualTo("mine.csv");
    // What was exported can be brought along again.
    assertThat(DescriptionFile.read(out.resolve("descriptions.json")).descriptions())
        .containsOnlyKeys(SILENT, HOSTILE, NAMES)
        .containsEntry(NAMES, "names of people");
  }

  @Test
  void exportsDescriptionsAndMetricsByCantorId() throws IOException {
    Path out = folder.resolve("out");
    campaign.reports.export(ID, ExportFormat.PIE, out);
    JsonNode descriptions = read(out.resolve("descriptions.json"));
    JsonNode names = descriptions.get(Long.toString(NAMES.cantor()));
    assertThat(names.get("layer").intValue()).isEqualTo(1);
    assertThat(names.get("feature").intValue()).isEqualTo(2);
    assertThat(names.get("description").textValue()).isEqualTo("names of people");
    assertThat(names.get("baseline").booleanValue()).isTrue();
    assertThat(names.get("kept_occurrences").intValue()).isEqualTo(9);
    assertThat(descriptions.get(Long.toString(HOSTILE.cantor())).get("description").textValue())
        .isEqualTo(ATTACK);
    JsonNode silent = descriptions.get(Long.toString(SILENT.cantor()));
    assertThat(silent.get("description").isNull()).isTrue();
    assertThat(silent.get("unexplained").textValue()).isEqualTo("never active");

    JsonNode metrics = read(out.resolve("fade_metrics.json"));
    assertThat(metrics).hasSize(3);
    JsonNode undescribed = metrics.get(Long.toString(SILENT.cantor()));
    assertThat(undescribed.at("/metrics/purity").isNull()).isTrue();
    assertThat(undescribed.at("/unscored/purity").textValue())
        .isEqualTo("the feature has no description: never active");
    JsonNode scored = metrics.get(Long.toString(NAMES.cantor()));
    assertThat(scored.at("/metrics/clarity").doubleValue()).isEqualTo(0.75);
    assertThat(scored.at("/samples/clarity").intValue()).isEqualTo(25);
    assertThat(scored.at("/metrics/faithfulness").isNull()).isTrue();
    assertThat(scored.at("/unscored/faithfulness").textValue())
        .isEqualTo("the spec has no steering");
    JsonNode unparsed = metrics.get(Long.toString(HOSTILE.cantor()));
    assertThat(unparsed.at("/metrics/clarity").isNull()).isTrue();
    assertThat(unparsed.at("/unscored/clarity").textValue()).contains("I won't");
  }

  @Test
  void keepsTheReasonsOfWhatWasGivenUpOnceTheCampaignIsFinished() throws IOException {
    FeatureId lost = new FeatureId(3, 1);
    FeatureId late = new FeatureId(3, 2);
    FeatureId half = new FeatureId(3, 3);
    FeatureStore features = campaign.stores.features();
    features.select(
        ID,
        Stream.of(lost, late, half)
            .map(id -> new SelectedFeature(id.index(), id, 1, 0.5, List.of("ioi")))
            .toList());
    features.explain(ID, explanation(half, Optional.of("halves"), ""));
    FadeScore unmeasured =
        new FadeScore.Unscored(
            FadeScore.Kind.NO_INPUT, "the texts written for it were not measured");
    features.evaluate(ID, fade(half, unmeasured));
    park(FeatureStages.EXPLAIN, lost, "openai at http://h/v1 cannot answer now (503): busy");
    park(FeatureStages.EVALUATE, half, "the device is gone");
    campaign.stores.campaigns().enter(ID, CampaignState.FINISHED_WITH_FAILURES, "");
    Path out = folder.resolve("finished");
    campaign.reports.export(ID, ExportFormat.PIE, out);
    JsonNode metrics = read(out.resolve("fade_metrics.json"));
    String busy = "openai at http://h/v1 cannot answer now (503): busy";
    assertThat(reason(metrics, lost)).isEqualTo("the feature has no description: " + busy);
    assertThat(reason(metrics, late))
        .isEqualTo("the feature has no description: the campaign ended before anybody was asked");
    assertThat(reason(metrics, half))
        .isEqualTo("the texts written for it were not measured: the device is gone");
    JsonNode descriptions = read(out.resolve("descriptions.json"));
    assertThat(descriptions.get(Long.toString(lost.cantor())).get("unexplained").textValue())
        .isEqualTo(busy);
    assertThat(TableText.of(campaign.reports.table(ID)))
        .containsPattern("L3/1 .*cannot answer now \\(503\\): busy")
        .containsPattern("L3/2 .*the campaign ended before anybody was asked");
    campaign.reports.export(ID, ExportFormat.CSV, out);
    assertThat(Files.readString(out.resolve("descriptions.csv")))
        .contains(busy, "the device is gone");
    FeatureView view = new FeatureViews(campaign.stores, campaign.artifacts).feature(ID, lost);
    assertThat(view.explanation().orElseThrow().reason()).isEqualTo(busy);
    assertThat(view.scores()).hasSize(FadeMetric.values().length);
  }

  @Test
  void tellsThatManyFeaturesHaveOneDescription() {
    FeatureStore features = campaign.stores.features();
    for (FeatureId id : List.of(NAMES, HOSTILE, SILENT)) {
      features.explain(ID, explanation(id, Optional.of("The same\n" + "Words."), ""));
    }
    assertThat(TableText.of(campaign.reports.table(ID)))
        .contains("language model). 3 of 3 features have the same description.");
    features.explain(ID, explanation(NAMES, Optional.of("names of people"), ""));
    assertThat(TableText.of(campaign.reports.table(ID))).doesNotContain("the same description");
  }

  private void park(String stage, FeatureId feature, String reason) {
    String unit = new FeatureUnit(ID, feature).unit();
    campaign.stores.units().park(new UnitFailure(ID, stage, unit, 1, reason));
  }

  private static String reason(JsonNode metrics, FeatureId feature) {
    return metrics.get(Long.toString(feature.cantor())).at("/unscored/clarity").textValue();
  }

  @Test
  void exportsACsvThatNoSpreadsheetRuns() throws IOException {
    Path out = folder.resolve("csv");
    campaign.reports.export(ID, ExportFormat.CSV, out);
    String csv = Files.readString(out.resolve("descriptions.csv"));
    assertThat(csv)
        .startsWith("id,layer,feature,kept,mean_abs_score,baseline,clarity,clarity_samples,")
        .contains("1,2,9,0.5,true,0.75,25,,,,,,,\"names of people\"")
        .contains("\"'=HYPERLINK(\"\"x\"\")");
  }

  @Test
  void exportsTablesThatNoDescriptionBreaks() throws IOException {
    Path out = folder.resolve("tables");
    campaign.reports.export(ID, ExportFormat.MARKDOWN, out);
    campaign.reports.export(ID, ExportFormat.LATEX, out);
    String hostile = Long.toString(HOSTILE.cantor());
    assertThat(Files.readString(out.resolve("results.md")).lines())
        .filteredOn(line -> line.startsWith("| L0/5 | " + hostile))
        .singleElement()
        .asString()
        .endsWith(
            "| =HYPERLINK(\"x\") \uFFFD\\[2Jgone \uFFFDevil, \"quoted\""
                + " \\<script\\>alert(1)\\</script\\> |");
    assertThat(Files.readString(out.resolve("results.tex")))
        .contains("L1/2 & 8 & 9 & 0.750 & -- & -- & -- & names of people \\\\")
        .contains("$<$script$>$alert(1)$<$/script$>$ \\\\")
        .contains("clarity & 0.750 & 1 & 1 no input, 1 unparsed \\\\")
        .doesNotContain("\u001b", "\u202E", "<script>");
  }

  @Test
  void exportsTablesThatLatexCompiles() throws IOException, InterruptedException {
    Latex.require(folder, "booktabs.sty");
    Path out = folder.resolve("tables");
    campaign.reports.export(ID, ExportFormat.LATEX, out);
    Latex.compile(out, "\\usepackage{booktabs}", "\\input{results.tex}");
  }

  @Test
  void exportsAPageInWhichNoDescriptionRuns() throws IOException {
    Path out = folder.resolve("page");
    campaign.reports.export(ID, ExportFormat.HTML, out);
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("described by lexical (an offline baseline", "names of people")
        .contains("evil, &quot;quoted&quot; &lt;script&gt;alert(1)&lt;/script&gt;</td>")
        .contains("LLM: 0.00 USD spent", "<table id=\"costs-by-stage\">")
        .doesNotContain("<script", "\u001b", "\u202E");
  }

  @Test
  void exportsFeaturesAsOtherToolsNameThem() throws IOException {
    Path out = folder.resolve("features");
    campaign.reports.export(ID, ExportFormat.FEATURES, out);
    JsonNode layers = read(out.resolve("features_by_layer.json")).get("layers");
    assertThat(layers.get("0")).extracting(f -> f.get("index").intValue()).containsExactly(1, 5);
    assertThat(layers.get("1"))
        .hasToString(
            "[{\"index\":2,\"cantor_id\":8,\"description\":\"names of people\","
                + "\"kept_occurrences\":9,\"tasks\":[\"ioi\"],\"scores\":{\"clarity\":0.75}}]");
    // circuit-tracer pairs as (x + y)(x + y + 1) / 2 + y.
    assertThat(read(out.resolve("circuit_tracer_features.json")).get(2))
        .hasToString(
            "{\"feature\":8,\"layer\":\"1\",\"index\":2,"
                + "\"feature_type\":\"cross layer transcoder\",\"clerp\":\"names of people\"}");
    assertThat(DescriptionFile.read(out.resolve("neuronpedia_explanations.jsonl")).descriptions())
        .containsEntry(NAMES, "names of people");
    assertThat(Files.readAllLines(out.resolve("neuronpedia_explanations.jsonl")))
        .hasSize(2)
        .last()
        .isEqualTo(
            "{\"modelId\":\"tiny\",\"layer\":\"1-tiny-clt\",\"index\":\"2\","
                + "\"description\":\"names of people\",\"typeName\":\"piecrust\","
                + "\"explanationModelName\":\"lexical\"}");
  }

  @Test
  void writesFeaturesWithTheTextsBehindTheirScoresAsLines() throws IOException {
    Example window = new Example(7, Stratum.TOP, List.of("Mary", " and"), List.of(2.5f, 0.5f));
    left(FeatureStages.EVIDENCE, new Evidence(NAMES, 9, List.of(2.5f), List.of(window)));
    left(FeatureStages.ACTIVATE, new ActivatedText("Anna \u202E=1+1", 1.5));
    left(FeatureStages.RATE, new RatedSample(3, Stratum.LOW, "a river", 0.25, 0));
    left(FeatureStages.RATE_STEERED, new RatedContinuation(10, "Once", " Mary", 2));
    Path out = folder.resolve("lines");
    campaign.reports.export(ID, ExportFormat.JSONL, out);
    List<String> features = Files.readAllLines(out.resolve("features.jsonl"));
    assertThat(features).hasSize(3);
    assertThat(features.get(2))
        .isEqualTo(
            "{\"id\":8,\"layer\":1,\"feature\":2,\"kept\":9,\"tasks\":[\"ioi\"],"
                + "\"mean_abs_score\":0.5,\"position\":null,\"description\":\"names of people\","
                + "\"provider\":\"lexical\",\"model\":\"lexical\",\"baseline\":true,"
                + "\"clarity\":0.75,\"clarity_samples\":25,"
                + "\"responsiveness\":null,\"responsiveness_samples\":null,"
                + "\"purity\":null,\"purity_samples\":null,"
                + "\"faithfulness\":null,\"faithfulness_samples\":null,"
                + "\"missing\":"
                + missing(features.get(2))
                + "}");
    assertThat(features.get(0)).endsWith("\"missing\":\"never active\"}");
    assertThat(out.resolve("evidence.jsonl"))
        .hasContent(
            "{\"layer\":1,\"feature\":2,\"window\":7,\"stratum\":\"top\",\"activation\":2.5,\"text\":\"Mary"
                + " and\",\"tokens\":[\"Mary\",\" and\"],\"activations\":[2.5,0.5]}");
    assertThat(out.resolve("written.jsonl"))
        .hasContent("{\"layer\":1,\"feature\":2,\"text\":\"Anna \u202E=1+1\",\"activation\":1.5}");
    assertThat(out.resolve("ratings.jsonl"))
        .hasContent(
            "{\"layer\":1,\"feature\":2,\"window\":3,\"stratum\":\"low\",\"text\":\"a river\","
                + "\"activation\":0.25,\"rating\":0}");
    assertThat(out.resolve("steered.jsonl"))
        .hasContent(
            "{\"layer\":1,\"feature\":2,\"factor\":10.0,\"prompt\":\"Once\","
                + "\"continuation\":\" Mary\",\"rating\":2}");
  }

  private static JsonNode missing(String line) throws IOException {
    return Json.mapper().readTree(line).get("missing");
  }

  /** What a stage left behind of the feature of names. */
  private void left(String stage, Object line) {
    campaign
        .stores
        .units()
        .done(
            ID,
            stage,
            new FeatureUnit(ID, NAMES).unit(),
            1,
            0,
            campaign.artifacts.put(
                out -> {
                  GZIPOutputStream zip = new GZIPOutputStream(out);
                  zip.write((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
                  zip.finish();
                }));
  }

  @Test
  void hasNoFeatureFilesWhereNothingIsExplained() {
    Path out = folder.resolve("prune-only");
    campaign.reports.export(SmallCampaign.ID, ExportFormat.PIE, out);
    assertThat(out.resolve("descriptions.json")).doesNotExist();
    assertThat(TableText.of(campaign.reports.table(SmallCampaign.ID))).doesNotContain("Features:");
  }

  private static Explanation explanation(FeatureId id, Optional<String> text, String reason) {
    return new Explanation(id, "lexical", "lexical", true, text, reason);
  }

  private static FadeResult fade(FeatureId feature, FadeScore clarity) {
    FadeScore notAsked =
        new FadeScore.Unscored(FadeScore.Kind.NOT_ASKED, "the spec has no steering");
    FadeScore oneClass = new FadeScore.Unscored(FadeScore.Kind.ONE_CLASS, "never rated 2");
    return new FadeResult(
        feature,
        Map.of(
            FadeMetric.CLARITY, clarity,
            FadeMetric.RESPONSIVENESS, oneClass,
            FadeMetric.PURITY, oneClass,
            FadeMetric.FAITHFULNESS, notAsked));
  }

  private static JsonNode read(Path file) throws IOException {
    return Json.mapper().readTree(Files.readString(file));
  }
}
