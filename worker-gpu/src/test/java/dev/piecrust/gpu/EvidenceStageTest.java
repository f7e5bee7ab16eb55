package dev.piecrust.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.CorpusShards;
import dev.piecrust.activity.EvidenceSummary;
import dev.piecrust.activity.FeatureActivities;
import dev.piecrust.activity.FeatureStages;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CorpusSpec;
import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.campaign.FadePreset;
import dev.piecrust.campaign.StageProgress;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.FeatureWrites;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.feature.Stratum;
import dev.piecrust.store.campaign.UnitRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence from the demo's corpus, through the activity. */
class EvidenceStageTest {
  private static final int WINDOWS = 600; // three parts
  private static final CampaignSpec SPEC =
      FeatureCampaign.spec(FeatureCampaign.corpus(WINDOWS), EvaluateSpec.of(FadePreset.PIE));

  @TempDir Path folder;

  private static List<ArtifactRef> results(Installation installation) {
    return FeatureCampaign.units(installation, FeatureStages.EVIDENCE).stream()
        .map(row -> row.result().orElseThrow())
        .toList();
  }

  @Test
  void whatWasCutOffGoesOnWhereItWasAndEndsTheSame() {
    List<ArtifactRef> undisturbed;
    try (Installation one = new Installation(folder.resolve("one"))) {
      FeatureCampaign.open(one, SPEC, FeatureCampaign.every(31));
      EvidenceSummary summary = one.featureWorker().collectEvidence(FeatureCampaign.ID);
      assertThat(summary).isEqualTo(new EvidenceSummary(100, WINDOWS, false));
      undisturbed = results(one);
      assertThat(undisturbed).hasSize(100);
    }
    try (Installation two = new Installation(folder.resolve("two"))) {
      FeatureCampaign.open(two, SPEC, FeatureCampaign.every(31));
      FeatureActivities dying = two.featureWorker(new FullDisk(two.artifacts, 2));
      assertThatThrownBy(() -> dying.collectEvidence(FeatureCampaign.ID))
          .hasStackTraceContaining("the disk is full");
      assertThat(results(two)).isEmpty();
      // One part is left, and what the features leave behind: in two parts, and as a whole.
      FullDisk enough = new FullDisk(two.artifacts, 1 + 100 + 2 + 1);
      EvidenceSummary summary = two.featureWorker(enough).collectEvidence(FeatureCampaign.ID);
      assertThat(summary.reused()).isFalse();
      assertThat(enough.left).isZero();
      // Artifacts are named by their content: the same names are the same bytes.
      assertThat(results(two)).isEqualTo(undisturbed);
      assertThat(two.featureWorker().collectEvidence(FeatureCampaign.ID).reused()).isTrue();
    }
  }

  @Test
  void shardsThatTwoDevicesScanInAnyOrderGiveWhatOneDeviceGives() {
    List<ArtifactRef> alone;
    try (Installation one = new Installation(folder.resolve("one"))) {
      FeatureCampaign.open(one, SPEC, FeatureCampaign.every(31));
      EvidenceSummary unused = one.featureWorker().collectEvidence(FeatureCampaign.ID);
      alone = results(one);
    }
    try (Installation two = new Installation(folder.resolve("two"))) {
      FeatureCampaign.open(two, SPEC, FeatureCampaign.every(31));
      FeatureActivities first = two.featureWorker();
      FeatureActivities second = two.featureWorker();
      CorpusShards corpus = first.openCorpus(FeatureCampaign.ID);
      assertThat(corpus.windows()).isEqualTo(WINDOWS);
      assertThat(corpus.from(0)).isEqualTo(3);
      for (int from : new int[] {512, 0, 256}) {
        (from == 0 ? first : second).scanCorpus(corpus.at(FeatureCampaign.ID, from));
      }
      assertThat(corpus.draws(0)).isEqualTo(2);
      second.drawEvidence(corpus.drawAt(FeatureCampaign.ID, 64));
      first.drawEvidence(corpus.drawAt(FeatureCampaign.ID, 0));
      assertThat(results(two)).as("only all together are").isEmpty();
      // What is left is the list: no shard is scanned or drawn again.
      FullDisk enough = new FullDisk(two.artifacts, 1);
      EvidenceSummary summary = two.featureWorker(enough).collectEvidence(FeatureCampaign.ID);
      assertThat(summary).isEqualTo(new EvidenceSummary(100, WINDOWS, false));
      assertThat(enough.left).isZero();
      assertThat(results(two)).isEqualTo(alone);
      assertThat(first.openCorpus(FeatureCampaign.ID).windows()).as("it is done").isZero();
    }
  }

  @Test
  void evidenceThatADiskHasDamagedIsCollectedAgain() throws IOException {
    try (Installation one = new Installation(folder.resolve("one"))) {
      FeatureCampaign.open(one, SPEC, FeatureCampaign.every(31));
      EvidenceSummary first = one.featureWorker().collectEvidence(FeatureCampaign.ID);
      assertThat(first.reused()).isFalse();
      List<ArtifactRef> evidence = results(one);
      String name = evidence.get(7).sha256();
      Path file =
          folder
              .resolve("one/artifacts")
              .resolve(name.substring(0, 2))
              .resolve(name.substring(2, 4))
              .resolve(name);
      byte[] content = Files.readAllBytes(file);
      content[content.length / 2] ^= 1;
      Files.write(file, content);

      EvidenceSummary again = one.featureWorker().collectEvidence(FeatureCampaign.ID);
      assertThat(again.reused()).isFalse();
      assertThat(results(one)).isEqualTo(evidence);
      assertThat(evidence).allMatch(one.artifacts::intact);
      assertThat(one.featureWorker().collectEvidence(FeatureCampaign.ID).reused()).isTrue();
    }
  }

  @Test
  void everyFeatureHasWhatTheLaterStagesNeed() {
    try (Installation one = new Installation(folder)) {
      FeatureCampaign.open(one, SPEC, FeatureCampaign.every(31));
      one.featureWorker().collectEvidence(FeatureCampaign.ID);
      int active = 0;
      for (UnitRow row : FeatureCampaign.units(one, FeatureStages.EVIDENCE)) {
        Evidence evidence = FeatureCampaign.read(one, row, Evidence.class).get(0);
        assertThat(evidence.windows()).isEqualTo(WINDOWS);
        assertThat(evidence.of(Stratum.TOP)).hasSize(Math.min(12, evidence.active().size()));
        for (Stratum stratum : List.of(Stratum.HIGH, Stratum.MIDDLE, Stratum.LOW)) {
          assertThat(evidence.of(stratum)).hasSize(2 + 5);
        }
        assertThat(evidence.of(Stratum.TOP).stream().map(e -> (float) e.activation()).toList())
            .isEqualTo(evidence.active().subList(0, evidence.of(Stratum.TOP).size()));
        assertThat(evidence.examples())
            .allSatisfy(e -> assertThat(e.tokens()).doesNotContain("<bos>").hasSize(47));
        FeatureWrites writes = evidence.writes().orElseThrow();
        assertThat(writes.norms()).hasSize(4 - evidence.feature().layer());
        assertThat(writes.norms()).allMatch(norm -> norm > 0);
        assertThat(writes.promoted().get(0).logit())
            .isGreaterThan(writes.promoted().get(9).logit())
            .isGreaterThan(writes.suppressed().get(0).logit());
        active += evidence.active().isEmpty() ? 0 : 1;
      }
      assertThat(active).isGreaterThan(60);
    }
  }

  @Test
  void aCorpusThatIsMissingIsTheUsersMistake() {
    CorpusSpec missing = new CorpusSpec(Optional.of("nowhere.jsonl"), Optional.empty(), 10, 64);
    try (Installation one = new Installation(folder)) {
      FeatureCampaign.open(
          one,
          FeatureCampaign.spec(missing, EvaluateSpec.of(FadePreset.PIE)),
          FeatureCampaign.every(500));
      assertThatThrownBy(() -> one.featureWorker().collectEvidence(FeatureCampaign.ID))
          .hasStackTraceContaining("corpus nowhere.jsonl: there is no such file")
          .hasStackTraceContaining("type='USER'");
    }
  }

  @Test
  void publishedFeaturesAreImportedAndThoseThatAreMissingParkedWithAReason() {
    Path published = Path.of("src", "test", "resources", "published").toAbsolutePath();
    try (Installation one = new Installation(folder)) {
      FeatureCampaign.open(
          one,
          FeatureCampaign.spec(
              FeatureCampaign.published(published), EvaluateSpec.of(FadePreset.PIE)),
          List.of(new FeatureId(0, 0), new FeatureId(0, 1)));
      CorpusShards corpus = one.featureWorker().openCorpus(FeatureCampaign.ID);
      assertThat(corpus.windows()).isZero();
      assertThat(corpus.draws(0)).isEqualTo(1);
      assertThat(one.featureWorker().collectEvidence(FeatureCampaign.ID))
          .isEqualTo(new EvidenceSummary(1, 13, false));
      List<UnitRow> rows = FeatureCampaign.units(one, FeatureStages.EVIDENCE);
      Evidence evidence = FeatureCampaign.read(one, rows.get(0), Evidence.class).get(0);
      assertThat(evidence.maximum()).isEqualTo(20);
      one.featureWorker().drawEvidence(corpus.drawAt(FeatureCampaign.ID, 0));
      assertThat(one.featureWorker().collectEvidence(FeatureCampaign.ID).features())
          .as("what is imported stays")
          .isEqualTo(1);
      assertThat(evidence.examples()).allSatisfy(e -> assertThat(e.tokens()).hasSize(3));
      assertThat(rows.get(1).state()).isEqualTo(UnitRow.State.PARKED);
      assertThat(rows.get(1).reason()).contains("the published features do not hold it");
    }
  }

  @Test
  void whatIsKeptAndNotExplainedHasEvidenceToo() {
    CampaignSpec few =
        FeatureCampaign.spec(FeatureCampaign.corpus(100), EvaluateSpec.of(FadePreset.PIE));
    try (Installation one = new Installation(folder)) {
      FeatureId explained = new FeatureId(1, 5);
      FeatureId kept = new FeatureId(0, 31);
      FeatureCampaign.open(one, few, List.of(explained));
      List<KeptOccurrence> both =
          List.of(new KeptOccurrence(0, 2, 31, 1), new KeptOccurrence(1, 2, 5, 1));
      one.stores
          .keptPrompts()
          .put(
              FeatureCampaign.ID,
              "fap",
              50,
              List.of(
                  new PromptOutcome(
                      "ioi",
                      0,
                      "0".repeat(40),
                      "fap",
                      9,
                      new TreeMap<>(),
                      new TreeMap<>(Map.of(50, both)))));
      assertThat(one.featureWorker().collectEvidence(FeatureCampaign.ID))
          .isEqualTo(new EvidenceSummary(2, 100, false));
      assertThat(FeatureCampaign.units(one, FeatureStages.EVIDENCE))
          .extracting(row -> FeatureCampaign.read(one, row, Evidence.class).get(0))
          .allSatisfy(evidence -> assertThat(evidence.writes()).isPresent())
          .extracting(Evidence::feature)
          .containsExactly(kept, explained);
      assertThat(one.stores.campaigns().status(FeatureCampaign.ID).stages())
          .filteredOn(stage -> stage.stage().equals(FeatureStages.EVIDENCE))
          .extracting(StageProgress::total)
          .containsExactly(2);
    }
  }

  @Test
  void withoutFeaturesThereIsNothingToDo() {
    try (Installation one = new Installation(folder)) {
      FeatureCampaign.open(one, SPEC, List.of());
      assertThat(one.featureWorker().collectEvidence(FeatureCampaign.ID))
          .isEqualTo(new EvidenceSummary(0, 0, false));
    }
  }
}
