package dev.piecrust.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.FolderArtifacts;
import dev.piecrust.artifact.JsonLines;
import dev.piecrust.campaign.CampaignEvent;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CorpusSpec;
import dev.piecrust.campaign.DescriptionsSpec;
import dev.piecrust.campaign.EvidenceSpec;
import dev.piecrust.campaign.FeatureRule;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.exchange.DescriptionFile;
import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.feature.Explanation;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.FeatureStats;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.SelectedFeature;
import dev.piecrust.report.SmallCampaign;
import dev.piecrust.report.meaning.FeatureRanking;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import java.io.IOException;
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

/** Two tasks by hand: which features the rule takes, and in which order. */
final class FeatureSelectionTest {
  private static final FeatureId A = new FeatureId(0, 1);
  private static final FeatureId B = new FeatureId(0, 2);
  private static final FeatureId C = new FeatureId(1, 0);
  private static final FeatureId D = new FeatureId(2, 0);

  @TempDir private Path folder;
  private Database database;
  private Stores stores;
  private ArtifactStore artifacts;

  @BeforeEach
  void open() {
    database = Stores.database(DatabaseConfig.h2(folder.resolve("db")));
    stores = Stores.of(database);
    artifacts = new FolderArtifacts(folder.resolve("artifacts"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void takesTheUnionOverTasksThoseThatScoreMostFirst() {
    campaign(new FeatureRule(Method.FAP, 2, 1, 10));
    assertThat(new FeatureSelection(stores, artifacts).select("c")).isEqualTo(3);
    // A and C have a sum of |score| of 3, of which A is kept more often; D has 1.
    assertThat(stores.features().selected("c"))
        .containsExactly(
            new SelectedFeature(
                0, A, 4, (10 * 0.1 + 5 * 0.4) / 15, List.of("ioi", "own"), Optional.of(1)),
            new SelectedFeature(1, C, 2, 0.6, List.of("ioi", "own"), Optional.of(1)),
            new SelectedFeature(2, D, 2, 0.2, List.of("own"), Optional.of(1)));
  }

  @Test
  void circuitsOnHeldOutPromptsSayByWhatFeaturesAreRanked() {
    FeatureRule rule = new FeatureRule(Method.FAP, 4, 1, 2);
    campaign(rule);
    new FeatureSelection(stores, artifacts).select("c");
    // Sums of |score|: B 9, A and C 3 each; kept: A 12, B 9.
    assertThat(stores.features().selected("c"))
        .extracting(SelectedFeature::feature)
        .containsExactly(B, A);
    stores
        .circuits()
        .put("c", List.of(circuit("mean-score", 4, 0.5), circuit("kept-count", 4, 0.25)));
    new FeatureSelection(stores, artifacts).select("c");
    assertThat(stores.features().selected("c"))
        .extracting(SelectedFeature::feature)
        .containsExactly(A, B);
    assertThat(FeatureRanking.words(stores, "c"))
        .isEqualTo(
            "Features are ranked by how often a feature is kept: held-out KL of circuits of the"
                + " first 4 of fap is 0.250 nats, against 0.500 by the sum of |score| over all"
                + " prompts");
  }

  private static CircuitOutcome circuit(String ranking, int budget, double klLast) {
    return new CircuitOutcome(
        "ioi", 0, "held-out", "fap", ranking, budget, 9, new Fidelity(klLast, 0, 0, null, null));
  }

  @Test
  void leavesOutWhatIsKeptTooRarelyAndEndsAtTheMost() {
    campaign(new FeatureRule(Method.FAP, 2, 2, 2));
    assertThat(new FeatureSelection(stores, artifacts).select("c")).isEqualTo(2);
    assertThat(stores.features().selected("c"))
        .extracting(SelectedFeature::feature)
        .containsExactly(A, C);
    campaign("again", new FeatureRule(Method.FAP, 2, 3, 10));
    assertThat(new FeatureSelection(stores, artifacts).select("again")).isEqualTo(1);
  }

  @Test
  void knowsNoFeatureOfAnotherMethodOrBudget() {
    campaign(new FeatureRule(Method.RANDOM, 4, 1, 10));
    new FeatureSelection(stores, artifacts).select("c");
    assertThat(stores.features().selected("c"))
        .extracting(SelectedFeature::feature)
        .containsExactly(B);
  }

  @Test
  void recordsTheDescriptionsThatTheCampaignBringsAlong() throws IOException {
    DescriptionsSpec known =
        descriptions("layer,index,description\n1,0,\" names of\npeople\"\n7,7,x\n");
    campaign("c", new FeatureRule(Method.FAP, 2, 1, 10), Optional.of(known));
    assertThat(new FeatureSelection(stores, artifacts).select("c")).isEqualTo(3);
    assertThat(stores.features().explanations("c"))
        .containsExactly(Explanation.imported(C, "known.csv", "names of\npeople"));
    new FeatureSelection(stores, artifacts).select("c");
    assertThat(matches())
        .containsExactly("1 of the 3 selected features have a description in known.csv");
  }

  @Test
  void saysThatAFileOfDescriptionsMatchesNothing() throws IOException {
    DescriptionsSpec known = descriptions("id,description\n9999,x\n");
    FeatureRule rule = new FeatureRule(Method.FAP, 2, 1, 10);
    campaign("c", rule, Optional.of(known));
    assertThat(new FeatureSelection(stores, artifacts).select("c")).isEqualTo(3);
    assertThat(matches())
        .containsExactly("0 of the 3 selected features have a description in known.csv");
  }

  @Test
  void saysThatNoFeatureIsLeftWhereOnlyTheFilesAreWanted() throws IOException {
    DescriptionsSpec known = descriptions("id,description\n9999,x\n");
    campaign(
        "c",
        new FeatureRule(Method.FAP, 2, 1, 10),
        Optional.of(new DescriptionsSpec(known.path(), known.sha256(), true)));
    assertThat(new FeatureSelection(stores, artifacts).select("c")).isZero();
    assertThat(matches())
        .containsExactly(
            "known.csv describes 0 of the 3 features that are kept, and only those are evaluated");
  }

  private List<String> matches() {
    return stores.campaigns().events("c").stream()
        .filter(event -> event.kind().equals("descriptions"))
        .map(CampaignEvent::message)
        .toList();
  }

  @Test
  void leavesOutWhatIsNotDescribedWhereOnlyThatIsWanted() throws IOException {
    DescriptionsSpec known = descriptions("id,description\n" + D.cantor() + ",numbers\n");
    campaign(
        "c",
        new FeatureRule(Method.FAP, 2, 1, 10),
        Optional.of(new DescriptionsSpec(known.path(), known.sha256(), true)));
    assertThat(new FeatureSelection(stores, artifacts).select("c")).isEqualTo(1);
    assertThat(stores.features().selected("c"))
        .extracting(SelectedFeature::feature)
        .containsExactly(D);
  }

  @Test
  void refusesDescriptionsThatHaveChangedMeanwhile() throws IOException {
    DescriptionsSpec known = descriptions("id,description\n1,a\n");
    campaign("c", new FeatureRule(Method.FAP, 2, 1, 10), Optional.of(known));
    descriptions("id,description\n1,b\n");
    assertThatThrownBy(() -> new FeatureSelection(stores, artifacts).select("c"))
        .hasMessageContaining("known.csv have changed since the campaign was submitted");
    assertThat(stores.features().selected("c")).isEmpty();
  }

  private DescriptionsSpec descriptions(String csv) throws IOException {
    Path file = Files.writeString(folder.resolve("known.csv"), csv);
    return new DescriptionsSpec(file.toString(), DescriptionFile.read(file).sha256(), false);
  }

  private void campaign(FeatureRule rule) {
    campaign("c", rule);
  }

  private void campaign(String id, FeatureRule rule) {
    campaign(id, rule, Optional.empty());
  }

  private void campaign(String id, FeatureRule rule, Optional<DescriptionsSpec> descriptions) {
    CampaignSpec small = SmallCampaign.SPEC;
    stores
        .campaigns()
        .create(
            id,
            new CampaignSpec(
                "c",
                small.subject(),
                small.tasks(),
                small.prune(),
                Optional.of(
                    new InterpretSpec(
                        rule,
                        new CorpusSpec(Optional.of("/corpus"), Optional.empty(), 10, 8),
                        EvidenceSpec.defaults(),
                        LlmSpec.lexical(),
                        descriptions)),
                Optional.empty(),
                small.limits()));
    put(
        id,
        "ioi",
        List.of(
            stats("ioi", "fap", A, Map.of(2, 1, 4, 9), 10, 0.1),
            stats("ioi", "fap", B, Map.of(2, 0, 4, 9), 10, 0.9),
            stats("ioi", "fap", C, Map.of(2, 1, 4, 1), 4, 0.5),
            stats("ioi", "random", B, Map.of(2, 5, 4, 6), 10, 0.1)));
    put(
        id,
        "own",
        List.of(
            stats("own", "fap", A, Map.of(2, 3, 4, 3), 5, 0.4),
            stats("own", "fap", C, Map.of(2, 1, 4, 1), 1, 1.0),
            stats("own", "fap", D, Map.of(2, 2, 4, 2), 5, 0.2)));
  }

  private void put(String id, String task, List<FeatureStats> rows) {
    stores
        .units()
        .done(
            id,
            "features " + task,
            task + "/000000-000005",
            5,
            0,
            new JsonLines<>(artifacts, FeatureStats.class).write(rows));
  }

  private static FeatureStats stats(
      String task,
      String method,
      FeatureId feature,
      Map<Integer, Integer> kept,
      int seen,
      double meanAbs) {
    return new FeatureStats(
        task, method, feature, 2, seen, new TreeMap<>(kept), meanAbs, meanAbs, List.of(1));
  }
}
