package dev.piecrust.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.Prediction;
import dev.piecrust.feature.Predictions;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.input.Sha256;
import dev.piecrust.report.lines.PromptLines;
import dev.piecrust.report.table.ResultTable;
import dev.piecrust.report.table.ResultTable.Failure;
import dev.piecrust.report.table.ResultTable.Row;
import dev.piecrust.report.text.TableText;
import dev.piecrust.store.campaign.CampaignStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportsTest {
  private SmallCampaign campaign;

  @BeforeAll
  void open(@TempDir Path folder) {
    campaign = new SmallCampaign(folder);
  }

  @AfterAll
  void close() {
    campaign.close();
  }

  @Test
  void averagesOverPromptsAndMarksTheBestOfEachBudget() {
    ResultTable table = campaign.reports.table(SmallCampaign.ID);
    assertThat(table.tasks()).hasSize(1);
    assertThat(table.tasks().get(0).prompts()).isEqualTo(2);
    assertThat(table.tasks().get(0).rows())
        .extracting(Row::method, Row::budget, row -> row.klLast().mean().getAsDouble(), Row::best)
        .containsExactly(
            tuple("fap", 2, 1.0, true),
            tuple("fap", 4, 0.5, true),
            tuple("random", 2, 3.0, false),
            tuple("random", 4, 1.5, false));
    Row first = table.tasks().get(0).rows().get(0);
    assertThat(first.predChanged().mean()).hasValue(0.5);
    assertThat(first.faithfulness().mean()).hasValue(0.75);
    assertThat(first.faithfulness().missing()).isEqualTo(1);
  }

  @Test
  void namesWhatFailed() {
    ResultTable table = campaign.reports.table(SmallCampaign.ID);
    assertThat(table.failures())
        .containsExactly(
            new Failure("ioi", "prompt 2", 1, "a logit is not a number"),
            new Failure("ioi", "prompts 000003-000005", 2, "no worker was left"));
    assertThat(table.failedPrompts()).isEqualTo(3);
  }

  @Test
  void survivesItsWayThroughJson() throws IOException {
    ResultTable table = campaign.reports.table(SmallCampaign.ID);
    assertThat(Json.mapper().readValue(Json.write(table), ResultTable.class)).isEqualTo(table);
  }

  @Test
  void setsTheTableInColumns() {
    String text = TableText.of(campaign.reports.table(SmallCampaign.ID));
    assertThat(text.lines().toList())
        .contains(
            "ioi, 2 prompts",
            "method  K  KL last   ± sd  95 % interval  KL all  changed  faithful  complete  n",
            "fap     2   1.00*   0.707  0.500 – 1.50    0.250     50 %     0.750     0.750  2",
            "random  4   1.50    0.707  1.00  – 2.00    0.375      0 %     0.250     0.250  2",
            "faithful and complete leave out up to 1 prompts on which they are not defined.",
            "3 prompts have no result:",
            "  ioi prompt 2: a logit is not a number");
    assertThat(text).startsWith(SmallCampaign.ID + ": finished with failures\n");
  }

  @Test
  void writesThePapersFiles(@TempDir Path folder) throws IOException {
    campaign.reports.export(SmallCampaign.ID, ExportFormat.PIE, folder);
    assertThat(files(folder))
        .containsOnlyKeys(
            "circuits.json",
            "feature_stats.jsonl",
            "final_summary.json",
            "per_prompt_merged.jsonl",
            "run_manifest.json",
            "selected_features_k2.json",
            "selected_features_k2.txt",
            "selected_features_k4.json",
            "selected_features_k4.txt");
    JsonNode means = json(folder.resolve("final_summary.json")).at("/tasks/ioi/methods/fap/2");
    assertThat(means.get("mean_kl_last").asDouble()).isEqualTo(1.0);
    assertThat(means.get("mean_kl_all").asDouble()).isEqualTo(0.25);
    assertThat(means.get("prediction_change_rate").asDouble()).isEqualTo(0.5);
    assertThat(means.get("mean_faithfulness").asDouble()).isEqualTo(0.75);
    assertThat(means.get("num_faithfulness").asInt()).isEqualTo(1);
    assertThat(means.get("num_prompts").asInt()).isEqualTo(2);
    // Cantor ids: (0,3) is 9, (1,0) is 1, (1,1) is 4.
    assertThat(folder.resolve("per_prompt_merged.jsonl"))
        .content()
        .startsWith(
            "{\"task\":\"ioi\",\"global_idx\":0,\"text_sha1\":\""
                + "ab".repeat(20)
                + "\",\"method\":\"fap\",\"n_enc_occ\":3,"
                + "\"kl_by_k\":{\"2\":0.5,\"4\":0.25},\"kl_all_by_k\":{\"2\":0.125,\"4\":0.0625},"
                + "\"pred_changed_by_k\":{\"2\":0,\"4\":0},"
                + "\"faithfulness_by_k\":{\"2\":0.75,\"4\":0.75},"
                + "\"completeness_by_k\":{\"2\":0.75,\"4\":0.75},"
                + "\"kept_by_k\":{\"2\":[[0,1,3,0.5],[0,2,3,-0.25]],"
                + "\"4\":[[0,1,3,0.5],[0,2,3,-0.25],[1,2,0,0.125]]},"
                + "\"kept_fids_max_k\":[1,9]}\n")
        .contains("\"pred_changed_by_k\":{\"2\":0.5,\"4\":0}")
        .contains("\"faithfulness_by_k\":{\"2\":null,\"4\":null}")
        .hasLineCount(4);
    assertThat(folder.resolve("selected_features_k2.txt")).hasContent("9\n");
    assertThat(folder.resolve("selected_features_k4.txt")).hasContent("1\n4\n9\n");
    JsonNode fap = json(folder.resolve("selected_features_k4.json")).at("/tasks/ioi/methods/fap");
    assertThat(fap.get("num_features").asInt()).isEqualTo(3);
    assertThat(fap.get("features").get(0))
        .hasToString(
            "{\"id\":9,\"layer\":0,\"feature\":3,\"kept_count\":2,\"kept_occurrences\":4}");
  }

  @Test
  void setsMethodsBesideEachOtherInTheSummary(@TempDir Path folder) throws IOException {
    campaign.reports.export(SmallCampaign.ID, ExportFormat.PIE, folder);
    JsonNode ioi = json(folder.resolve("final_summary.json")).at("/tasks/ioi");
    // fap's 1.0 at 2 is less than random reaches before it keeps all three occurrences.
    assertThat(ioi.at("/effective_budget/fap/2/random"))
        .hasToString("{\"above\":2.0,\"ci95\":[{\"above\":2.0},{\"above\":2.0}]}");
    assertThat(ioi.at("/effective_budget/random/4/fap"))
        .hasToString("{\"below\":2.0,\"ci95\":[{\"below\":2.0},{\"below\":2.0}]}");
    assertThat(ioi.at("/compression/fap/2"))
        .hasToString(
            "{\"is\":\"at-least\",\"times\":1.5,\"ci95\":[1.5,1.5],\"num_prompts\":2,"
                + "\"num_only_with_everything\":2,\"num_below\":0}");
    assertThat(ioi.at("/compression/fap/4").isMissingNode()).isTrue(); // nothing is left out
    // Differences 0.25 − 1 and 0.75 − 2; every resample is below 0.
    assertThat(ioi.at("/bootstrap/fap/4/random"))
        .hasToString(
            "{\"mean_difference\":-1.0,\"ci95\":[-1.25,-0.75],"
                + "\"two_sided_share\":2.0E-4,\"num_prompts\":2}");
    assertThat(ioi.at("/jaccard/fap/4/random"))
        .hasToString("{\"occurrences\":1.0,\"features\":1.0,\"num_prompts\":2}");
    assertThat(ioi.at("/paper")).isEmpty();
  }

  @Test
  void setsCircuitsBesideThePerPromptAnswers(@TempDir Path folder) throws IOException {
    campaign.reports.export(SmallCampaign.ID, ExportFormat.PIE, folder);
    JsonNode heldOut = json(folder.resolve("final_summary.json")).at("/tasks/ioi/held_out");
    assertThat(heldOut.get("num_prompts").asInt()).isEqualTo(2);
    JsonNode fap = heldOut.at("/methods/fap/mean-score/2");
    assertThat(fap.get("mean_kl_last").asDouble()).isEqualTo(1.5);
    assertThat(fap.get("mean_occurrences").asDouble()).isEqualTo(4);
    assertThat(fap.get("per_prompt"))
        .hasToString(
            "{\"mean_kl_last\":1.0,\"std_kl_last\":0.7071067811865476,"
                + "\"ci95_kl_last\":[0.5,1.5],\"num_prompts\":2}");
    assertThat(heldOut.at("/methods/circuit-swap/swap/2/mean_kl_last").asDouble()).isEqualTo(1.25);
    assertThat(heldOut.at("/methods/circuit-swap/swap/2/per_prompt").isNull()).isTrue();
    JsonNode circuits = json(folder.resolve("circuits.json")).at("/tasks/ioi");
    assertThat(circuits.get(0))
        .hasToString(
            "{\"method\":\"fap\",\"ranking\":\"mean-score\",\"n\":2,\"features\":["
                + "{\"id\":9,\"layer\":0,\"feature\":3},{\"id\":1,\"layer\":1,\"feature\":0}]}");
    assertThat(circuits.get(1).get("method").asText()).isEqualTo("circuit-swap");
    assertThat(folder.resolve("feature_stats.jsonl"))
        .content()
        .startsWith(
            "{\"task\":\"ioi\",\"method\":\"fap\",\"id\":9,\"layer\":0,\"feature\":3,"
                + "\"prompts\":2,\"seen_count\":5,\"kept_count_by_k\":{\"2\":3,\"4\":4},"
                + "\"mean_abs_score\":0.375,\"mean_score\":0.125,\"top_positions\":[1,2]}\n")
        .hasLineCount(3);
  }

  @Test
  void saysInTheManifestWhatWasRunAndWhatWasWritten(@TempDir Path folder) throws IOException {
    String note = "prompts begin with <bos> (id 2), by subject.prepend_bos auto";
    campaign.stores.campaigns().event(SmallCampaign.ID, CampaignStore.SUBJECT_EVENT, note, "x");
    campaign.reports.export(SmallCampaign.ID, ExportFormat.PIE, folder);
    JsonNode manifest = json(folder.resolve("run_manifest.json"));
    assertThat(manifest.at("/campaign").asText()).isEqualTo(SmallCampaign.ID);
    assertThat(manifest.at("/spec/tasks/0/seed").asInt()).isEqualTo(7);
    assertThat(manifest.at("/seeds/tasks/ioi").asInt()).isEqualTo(7);
    assertThat(manifest.at("/subject_fingerprint").asText()).isEqualTo("f".repeat(64));
    assertThat(manifest.at("/subject/0").asText()).isEqualTo(note);
    assertThat(manifest.at("/versions/piecrust").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(manifest.at("/circuits"))
        .hasToString(
            "{\"held_out\":0.4,\"rankings\":[\"mean-score\",\"swap\"],"
                + "\"prompts\":{\"ioi\":{\"held-out\":[0,1],\"training\":[3]}}}");
    TreeMap<String, String> hashes = new TreeMap<>();
    for (var file : files(folder).entrySet()) {
      hashes.put(file.getKey(), Sha256.of(file.getValue().getBytes(ISO_8859_1)));
    }
    hashes.remove("run_manifest.json");
    assertThat(manifest.get("files")).isEqualTo(Json.mapper().valueToTree(hashes));
  }

  @ParameterizedTest
  @EnumSource(ExportFormat.class)
  void writesTheSameBytesEachTime(ExportFormat format, @TempDir Path folder) throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    campaign.reports.export(SmallCampaign.ID, format, first);
    campaign.reports.export(SmallCampaign.ID, format, second);
    campaign.reports.export(SmallCampaign.ID, format, second);
    assertThat(files(second)).isEqualTo(files(first)).hasSizeGreaterThan(1);
    Path unpacked = folder.resolve("unpacked");
    try (InputStream zip = campaign.reports.exportZip(SmallCampaign.ID, format)) {
      ExportFolder.unpack(zip, unpacked);
    }
    assertThat(files(unpacked)).isEqualTo(files(first));
    try (Stream<Path> beside = Files.list(folder)) {
      assertThat(beside).containsExactlyInAnyOrder(first, second, unpacked);
    }
  }

  @Test
  void anArchiveThatIsCutOffLeavesNothing(@TempDir Path folder) throws IOException {
    byte[] whole;
    try (InputStream zip = campaign.reports.exportZip(SmallCampaign.ID, ExportFormat.CSV)) {
      whole = zip.readAllBytes();
    }
    InputStream cut =
        new SequenceInputStream(
            new ByteArrayInputStream(whole, 0, whole.length - 40),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("closed");
              }

              @Override
              public int read(byte[] bytes, int from, int length) throws IOException {
                throw new IOException("closed");
              }
            });
    Path unpacked = folder.resolve("unpacked");
    assertThatThrownBy(() -> ExportFolder.unpack(cut, unpacked))
        .isInstanceOf(PieCrustException.class)
        .hasMessageContaining("closed");
    assertThat(unpacked).isEmptyDirectory();
  }

  @Test
  void writesTablesForOtherTools(@TempDir Path folder) throws IOException {
    campaign.reports.export(SmallCampaign.ID, ExportFormat.CSV, folder);
    campaign.reports.export(SmallCampaign.ID, ExportFormat.LATEX, folder);
    campaign.reports.export(SmallCampaign.ID, ExportFormat.JSONL, folder);
    assertThat(folder.resolve("per_prompt.csv"))
        .content()
        .startsWith(
            """
            task,prompt,method,k,kl_last,kl_all,pred_changed,faithfulness,completeness,metric_clean,metric_empty,metric_kept
            ioi,0,fap,2,0.5,0.125,0.0,0.75,0.75,,,
            """)
        .contains("ioi,1,random,4,2.0,0.5,0.0,,,,,\n");
    assertThat(folder.resolve("fidelity.csv")).content().contains("ioi,fap,2,1.0,0.7071067811865");
    assertThat(folder.resolve("results.tex"))
        .content()
        .contains("fap & \\textbf{1.00} (0.707) & \\textbf{0.500} (0.354) \\\\");
    assertThat(folder.resolve("results.tex"))
        .content()
        .contains("fap, mean-score & 1.50 (1.00) & -- \\\\")
        .contains("circuit-swap, swap & \\textbf{1.25} & -- \\\\");
    assertThat(folder.resolve("results.jsonl")).content().hasLineCount(4);
    assertThat(folder.resolve("held_out.jsonl")).content().hasLineCount(2);
  }

  @Test
  void writesSinglePromptsAndFeaturesAsLines(@TempDir Path folder) throws IOException {
    campaign.reports.export(SmallCampaign.ID, ExportFormat.JSONL, folder);
    assertThat(Files.readAllLines(folder.resolve("prompts.jsonl")))
        .hasSize(2)
        .first()
        .asString()
        .startsWith(
            "{\"task\":\"ioi\",\"prompt\":0,\"text\":null,\"corrupted_text\":null,\"text_sha1\":\"abab")
        .contains("\"occurrences\":3,\"clean_token\":null,");
    assertThat(Files.readAllLines(folder.resolve("outcomes.jsonl")))
        .hasSize(8)
        .first()
        .isEqualTo(
            "{\"task\":\"ioi\",\"prompt\":0,\"method\":\"fap\",\"k\":2,\"kl_last\":0.5,"
                + "\"kl_all\":0.125,\"pred_changed\":0.0,\"faithfulness\":0.75,"
                + "\"completeness\":0.75,\"patched_token\":null,\"patched_probability\":null}");
    // (0, 3) twice on each of two prompts; (1, 0) and (1, 1) once on one.
    assertThat(Files.readAllLines(folder.resolve("features.jsonl")))
        .hasSize(3)
        .first()
        .asString()
        .startsWith("{\"id\":9,\"layer\":0,\"feature\":3,\"kept\":4,\"tasks\":[\"ioi\"],")
        .contains("\"description\":null");
    assertThat(folder.resolve("evidence.jsonl")).doesNotExist();
    assertThat(folder.resolve("ratings.jsonl")).doesNotExist();
  }

  @Test
  void writesEachChartInThreeForms(@TempDir Path folder) throws IOException {
    campaign.reports.export(SmallCampaign.ID, ExportFormat.FIGURES, folder);
    assertThat(files(folder))
        .containsOnlyKeys(
            "fidelity-ioi.pdf",
            "fidelity-ioi.svg",
            "fidelity-ioi.tex",
            "held-out-ioi.pdf",
            "held-out-ioi.svg",
            "held-out-ioi.tex",
            "overlap-ioi.pdf",
            "overlap-ioi.svg",
            "overlap-ioi.tex",
            "run_manifest.json");
    // The means at budgets 2 and 4, and the bootstrap's interval of the first.
    assertThat(folder.resolve("fidelity-ioi.tex"))
        .content()
        .contains("(2.00000,1.00000) += (0,0.500000) -= (0,0.500000)", "\\addlegendentry{fap}");
    assertThat(folder.resolve("held-out-ioi.svg")).content().contains(">circuit-swap, swap</text>");
  }

  @Test
  void namesNoPathOfAMachineInReports(@TempDir Path folder) throws IOException {
    campaign.reports.export(SmallCampaign.ID, ExportFormat.HTML, folder);
    campaign.reports.export(SmallCampaign.ID, ExportFormat.MARKDOWN, folder);
    assertThat(folder.resolve("report.html"))
        .content()
        .contains("tiny-clt")
        .doesNotContain("/models");
    assertThat(folder.resolve("results.md"))
        .content()
        .contains("tiny-clt")
        .doesNotContain("/models");
  }

  @Test
  void showsThePromptsTextWithoutItsBos() {
    Predictions predictions =
        new Predictions(
            List.of("<bos>", "When", " Mary"),
            List.of("<bos>", "When", " Anna"),
            List.of(new Prediction(" John", 0.75)),
            List.of(),
            new TreeMap<>(Map.of(2, List.of(new Prediction(" Mary", 0.5)))),
            Optional.of(true));
    PromptOutcome outcome =
        new PromptOutcome(
            "ioi",
            4,
            "ab",
            "fap",
            3,
            new TreeMap<>(Map.of(2, new Fidelity(1, 1, 1, null, null))),
            new TreeMap<>(),
            Optional.of(predictions));
    assertThat(PromptLines.prompt(outcome))
        .hasToString(
            "{\"task\":\"ioi\",\"prompt\":4,\"text\":\"When Mary\",\"corrupted_text\":\"When"
                + " Anna\",\"text_sha1\":\"ab\",\"occurrences\":3,\"clean_token\":\" John\","
                + "\"clean_probability\":0.75,\"corrupted_token\":null,\"corrupted_probability\":null,\"tokens\":[\"<bos>\",\"When\",\""
                + " Mary\"],\"corrupted_tokens\":[\"<bos>\",\"When\",\" Anna\"]}");
    assertThat(PromptLines.outcomes(outcome).get(0).toString())
        .endsWith("\"patched_token\":\" Mary\",\"patched_probability\":0.5}");
  }

  @Test
  void showsAllOfAPromptThatBeginsWithoutBos() {
    String earlier =
        "{\"tokens\": [\"<bos>\", \"When\"], \"corruptedTokens\": [\"<bos>\", \"If\"], \"clean\":"
            + " [], \"corrupted\": [], \"patched\": {}}";
    assertThat(Json.read(earlier, Predictions.class, "of an earlier release").text())
        .isEqualTo("When");
    Predictions without =
        new Predictions(
            List.of("When", " Mary"),
            List.of("If", " Anna"),
            List.of(),
            List.of(),
            new TreeMap<>(),
            Optional.of(false));
    assertThat(without.text()).isEqualTo("When Mary");
    assertThat(without.corruptedText()).isEqualTo("If Anna");
  }

  @Test
  void listsWhatTheFirstMethodKeepsWhereNothingIsExplained(@TempDir Path folder)
      throws IOException {
    campaign.reports.export(SmallCampaign.ID, ExportFormat.FEATURES, folder);
    JsonNode lists = json(folder.resolve("features_by_layer.json"));
    assertThat(lists.get("method").asText()).isEqualTo("fap");
    assertThat(lists.get("k").asInt()).isEqualTo(4);
    // (0, 3) twice on each of two prompts; (1, 0) and (1, 1) once on one.
    assertThat(lists.at("/layers/0"))
        .hasToString(
            "[{\"index\":3,\"cantor_id\":9,\"description\":null,\"kept_occurrences\":4,"
                + "\"tasks\":[\"ioi\"],\"scores\":{}}]");
    assertThat(lists.at("/layers/1")).hasSize(2);
    assertThat(Files.readAllLines(folder.resolve("circuit_tracer_nodes.jsonl")))
        .hasSize(2)
        .first()
        .asString()
        .endsWith("\"method\":\"fap\",\"k\":4,\"pinnedIds\":[\"0_3_1\",\"0_3_2\",\"1_0_2\"]}");
    assertThat(folder.resolve("neuronpedia_explanations.jsonl")).isEmptyFile();
  }

  @Test
  void handsOnScoresAsTheyAreAndSaysWhatTheyAre(@TempDir Path folder) throws IOException {
    campaign.reports.export(SmallCampaign.ID, ExportFormat.SAFETENSORS, folder);
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("scores_ioi_000000-000003.safetensors")))
            .order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[Math.toIntExact(file.getLong())];
    file.get(header);
    assertThat(header.length % 8).isZero();
    assertThat(file.getFloat()).isEqualTo(0.5f);
    assertThat(file.getFloat()).isEqualTo(-0.25f);
    assertThat(file.hasRemaining()).isFalse();
    JsonNode read = Json.mapper().readTree(header);
    assertThat(read.at("/0~1score~1fap~10/data_offsets")).hasToString("[0,8]");
    JsonNode metadata = read.get("__metadata__");
    assertThat(metadata.get("campaign").asText()).isEqualTo(SmallCampaign.ID);
    assertThat(metadata.get("task").asText()).isEqualTo("ioi");
    assertThat(metadata.get("prompts").asText()).isEqualTo("[0]");
    assertThat(metadata.get("subject_fingerprint").asText()).isEqualTo("f".repeat(64));
    assertThat(metadata.get("methods").asText()).isEqualTo("fap,random,circuit-swap");
    assertThat(json(folder.resolve("scores_index.json")).at("/files/0"))
        .hasToString(
            "{\"file\":\"scores_ioi_000000-000003.safetensors\",\"task\":\"ioi\","
                + "\"prompts\":[0]}");
  }

  @Test
  void writesOneTidyTableAThing(@TempDir Path folder) throws IOException {
    campaign.reports.export(SmallCampaign.ID, ExportFormat.CSV, folder);
    assertThat(files(folder))
        .containsOnlyKeys(
            "areas.csv",
            "bootstrap.csv",
            "circuits.csv",
            "circuits_per_prompt.csv",
            "compression.csv",
            "curves.csv",
            "effective_budget.csv",
            "features.csv",
            "fidelity.csv",
            "overlap.csv",
            "per_prompt.csv",
            "reference.csv",
            "run_manifest.json");
    assertThat(folder.resolve("bootstrap.csv"))
        .content()
        .contains("ioi,fap,random,4,2,-1.0,-1.25,-0.75,2.0E-4\n");
    assertThat(folder.resolve("overlap.csv")).content().contains("ioi,fap,random,2,2,1.0,1.0\n");
    assertThat(folder.resolve("effective_budget.csv"))
        .content()
        .contains("ioi,fap,2,random,above,2.0,above,2.0,above,2.0\n");
    assertThat(folder.resolve("compression.csv"))
        .content()
        .contains("ioi,fap,2,2,at-least,1.5,1.5,1.5,2,0\n");
    assertThat(folder.resolve("circuits.csv"))
        .content()
        .contains("ioi,fap,mean-score,2,1.5,0.7071067811865476,1.0,2.0,2,")
        .contains("\nioi,circuit-swap,swap,2,1.25,")
        .contains(",4.0,0.0,4.0,4.0,2,,,,,0,,,,,0,,,,,0,,,,,0\n");
    assertThat(folder.resolve("circuits_per_prompt.csv"))
        .content()
        .contains("ioi,3,training,fap,mean-score,2,4,0.0,0.0,1.0,0.5,,,,\n");
    assertThat(folder.resolve("features.csv"))
        .content()
        .contains("ioi,fap,9,0,3,2,5,3,4,0.375,0.125,1 2\n");
    files(folder)
        .forEach(
            (name, text) -> {
              if (name.endsWith(".csv")) {
                assertThat(text.lines().map(line -> line.split(",", -1).length).distinct())
                    .as(name)
                    .hasSize(1);
              }
            });
  }

  @Test
  void refusesWhatItCannotExport(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    assertThatThrownBy(() -> campaign.reports.export(SmallCampaign.ID, ExportFormat.PIE, file))
        .hasMessageContaining("is a file, expected a folder");
    assertThatThrownBy(() -> campaign.reports.export("nobody", ExportFormat.PIE, folder))
        .hasMessageContaining("no campaign 'nobody'");
    assertThatThrownBy(() -> ExportFormat.of("xls"))
        .hasMessageStartingWith("format 'xls' is not known, expected pie, csv, latex, ")
        .hasMessageContaining(" or ");
  }

  private static JsonNode json(Path file) throws IOException {
    return Json.mapper().readTree(Files.readString(file));
  }

  /** Each byte as one character. */
  private static Map<String, String> files(Path folder) throws IOException {
    TreeMap<String, String> files = new TreeMap<>();
    try (Stream<Path> list = Files.list(folder)) {
      for (Path file : list.toList()) {
        files.put(file.getFileName().toString(), Files.readString(file, ISO_8859_1));
      }
    }
    return files;
  }
}
