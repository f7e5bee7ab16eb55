package dev.piecrust.view.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.KeptBy;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.report.SmallCampaign;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.table.ResultTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompareViewsTest {
  private static final KeptBy RULE = SmallCampaign.SPEC.keptBy();

  @TempDir private Path folder;
  private SmallCampaign campaign;

  @BeforeEach
  void fill() {
    campaign = new SmallCampaign(folder);
    create("other", "/models/tiny-clt");
    create("foreign", "/models/another-clt");
    keep(SmallCampaign.ID, 0, 1, 2, 3, 4);
    keep(SmallCampaign.ID, 1, 4, 5);
    keep("other", 0, 3, 4, 5, 6);
    keep("foreign", 0, 1, 2, 3, 4);
  }

  @AfterEach
  void close() {
    campaign.close();
  }

  @Test
  void countsTheFeaturesThatBothKeepOnAnyPrompt() throws Exception {
    Comparing compared =
        new CompareViews(campaign.stores).compare(List.of(SmallCampaign.ID, "other", "foreign"));
    String rule = "%s at K=%d".formatted(RULE.method().label(), RULE.budget());
    // The first keeps 1 to 5, the other 3 to 6: three in common of six. Ids of another transcoder
    // mean other features.
    assertThat(compared.kept())
        .containsExactly(new Comparing.Kept("ioi", "other", rule, rule, 4, 5, 3, 0.5));
    assertThat(Json.mapper().readValue(Json.write(compared), Comparing.class)).isEqualTo(compared);
  }

  @Test
  void hasTheHeldOutFiguresOfTheTables() {
    Comparing compared =
        new CompareViews(campaign.stores).compare(List.of("other", SmallCampaign.ID));
    ResultTable table = campaign.reports.table(SmallCampaign.ID);
    assertThat(compared.circuits())
        .singleElement()
        .satisfies(
            circuits -> {
              assertThat(circuits.campaign()).isEqualTo(SmallCampaign.ID);
              assertThat(circuits.heldOut().rows())
                  .extracting(row -> row.method() + row.klLast())
                  .isEqualTo(
                      table.tasks().get(0).analysis().heldOut().rows().stream()
                          .map(row -> row.method() + row.klLast())
                          .toList());
            });
  }

  @Test
  void bakesOffTranscodersOfOneModelByTheNumbersOfTheTables() throws Exception {
    String id = campaign.stores.campaigns().spec(SmallCampaign.ID).subject().model();
    Path clt = Files.createDirectory(folder.resolve("clt"));
    Files.writeString(clt.resolve("training.json"), BakeOffTest.training("tiny", 0.25, 9));
    create("trained", id, clt.toString());
    Comparing compared =
        new CompareViews(campaign.stores).compare(List.of(SmallCampaign.ID, "trained"));

    assertThat(values(compared, "unexplained share of the variance, held-out text"))
        .containsOnlyKeys("trained")
        .hasEntrySatisfying("trained", share -> assertThat(share.mean()).hasValue(0.25));
    ResultTable.Row row =
        campaign.reports.table(SmallCampaign.ID).tasks().get(0).rows().stream()
            .filter(each -> !each.method().equals("random"))
            .findFirst()
            .orElseThrow();
    assertThat(
            values(
                compared,
                "ioi: KL at K=%d of %s, in-sample, nats".formatted(row.budget(), row.method())))
        .containsEntry(SmallCampaign.ID, row.klLast());
    assertThat(values(compared, "language models, USD"))
        .containsOnlyKeys(SmallCampaign.ID, "trained");
    assertThat(Json.mapper().readValue(Json.write(compared), Comparing.class)).isEqualTo(compared);
  }

  @Test
  void hasNoBakeOffOfTwoModelsOrOfOneTranscoder() {
    String transcoder = campaign.stores.campaigns().spec("other").subject().transcoder();
    String model = campaign.stores.campaigns().spec("other").subject().model();
    create("elsewhere", "/models/large", transcoder + "-2");
    create("again", model, transcoder);
    create("own", model, transcoder + "-2");
    CompareViews views = new CompareViews(campaign.stores);
    assertThat(views.compare(List.of("other", "elsewhere")).bakeOff()).isEmpty();
    assertThat(views.compare(List.of("other", "again")).bakeOff()).isEmpty();
    assertThat(views.compare(List.of("other", "own")).bakeOff()).isNotEmpty();
  }

  private static Map<String, Estimate> values(Comparing compared, String measure) {
    return compared.bakeOff().stream()
        .filter(line -> line.measure().equals(measure))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + measure + " in " + compared.bakeOff()))
        .values();
  }

  @Test
  void takesTwoToSix() {
    CompareViews views = new CompareViews(campaign.stores);
    assertThatThrownBy(() -> views.compare(List.of("other", "other")))
        .hasMessage("1 campaigns are to be compared, expected 2 to 6");
  }

  private void create(String id, String transcoder) {
    create(id, "/models/tiny", transcoder);
  }

  private void create(String id, String model, String transcoder) {
    CampaignSpec small = SmallCampaign.SPEC;
    campaign
        .stores
        .campaigns()
        .create(
            id,
            new CampaignSpec(
                small.name(),
                new SubjectSpec(model, transcoder),
                small.tasks(),
                small.prune(),
                small.limits()));
  }

  private void keep(String id, int prompt, int... features) {
    TreeMap<Integer, List<KeptOccurrence>> kept = new TreeMap<>();
    kept.put(
        RULE.budget(),
        IntStream.of(features).mapToObj(f -> new KeptOccurrence(0, 1, f, 0.5)).toList());
    String method = RULE.method().label();
    campaign
        .stores
        .keptPrompts()
        .put(
            id,
            method,
            RULE.budget(),
            List.of(
                new PromptOutcome(
                    "ioi", prompt, "ab".repeat(20), method, 9, new TreeMap<>(), kept)));
  }
}
