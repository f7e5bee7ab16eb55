package dev.piecrust.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.FeatureActivities;
import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.artifact.JsonLines;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.campaign.FadePreset;
import dev.piecrust.feature.ActivatedText;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.Example;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.SteeredText;
import dev.piecrust.feature.Stratum;
import dev.piecrust.store.campaign.UnitRow;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that are measured and features that are steered, through the activities. */
class FeatureUnitsTest {
  private static final CampaignSpec SPEC =
      FeatureCampaign.spec(FeatureCampaign.corpus(100), small());

  @TempDir Path folder;

  private static EvaluateSpec small() {
    EvaluateSpec d = EvaluateSpec.of(FadePreset.FULL);
    return new EvaluateSpec(
        d.preset(), 1, 5, 8, 15, 0.1, true, List.of(-10.0, 0.0, 10.0), 4, 8, 0.5, 1);
  }

  private static Evidence evidence(Installation one, UnitRow row) {
    return FeatureCampaign.read(one, row, Evidence.class).get(0);
  }

  private static FeatureUnit mostActive(Installation one) {
    Evidence best =
        FeatureCampaign.units(one, FeatureStages.EVIDENCE).stream()
            .map(row -> evidence(one, row))
            .max(Comparator.comparingDouble(Evidence::maximum))
            .orElseThrow();
    return new FeatureUnit(FeatureCampaign.ID, best.feature());
  }

  @Test
  void measuresTextsAndSteersAndDoesNeitherTwice() {
    try (Installation one = new Installation(folder)) {
      FeatureCampaign.open(one, SPEC, FeatureCampaign.every(61));
      FeatureActivities worker = one.featureWorker();
      worker.collectEvidence(FeatureCampaign.ID);
      FeatureUnit unit = mostActive(one);
      Evidence evidence =
          FeatureCampaign.units(one, FeatureStages.EVIDENCE).stream()
              .filter(row -> row.unit().equals(unit.unit()))
              .map(row -> evidence(one, row))
              .findFirst()
              .orElseThrow();
      Example top = evidence.of(Stratum.TOP).get(0);
      String quiet = evidence.of(Stratum.LOW).get(0).text();
      one.stores
          .units()
          .done(
              FeatureCampaign.ID,
              FeatureStages.WRITE,
              unit.unit(),
              1,
              0,
              new JsonLines<>(one.artifacts, String.class).write(List.of(top.text(), quiet)));

      worker.activateTexts(unit);
      UnitRow activated = FeatureCampaign.units(one, FeatureStages.ACTIVATE).get(0);
      List<ActivatedText> texts = FeatureCampaign.read(one, activated, ActivatedText.class);
      // The text of a window gives what the window gave.
      assertThat(texts.get(0).text()).isEqualTo(top.text());
      assertThat(texts.get(0).activation()).isCloseTo(top.activation(), within());
      assertThat(texts.get(1).activation()).isLessThan(top.activation());

      worker.steerFeature(unit);
      UnitRow steered = FeatureCampaign.units(one, FeatureStages.STEER).get(0);
      List<SteeredText> continued = FeatureCampaign.read(one, steered, SteeredText.class);
      assertThat(continued).hasSize(4 * 3);
      assertThat(continued)
          .extracting(SteeredText::factor)
          .startsWith(-10.0, 0.0, 10.0)
          .containsOnly(-10.0, 0.0, 10.0);
      assertThat(quiet).startsWith(continued.get(0).prompt());
      assertThat(continued).filteredOn(t -> !t.continuation().isEmpty()).hasSizeGreaterThan(8);

      FeatureActivities second = one.featureWorker();
      second.activateTexts(unit);
      second.steerFeature(unit);
      assertThat(FeatureCampaign.units(one, FeatureStages.ACTIVATE).get(0).result())
          .isEqualTo(activated.result());
      assertThat(FeatureCampaign.units(one, FeatureStages.STEER).get(0).result())
          .isEqualTo(steered.result());
    }
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-4);
  }

  @Test
  void whatNeedsAnEarlierStageSaysSo() {
    try (Installation one = new Installation(folder)) {
      FeatureCampaign.open(one, SPEC, FeatureCampaign.every(500));
      FeatureUnit unit = new FeatureUnit(FeatureCampaign.ID, new FeatureId(0, 0));
      FeatureActivities worker = one.featureWorker();
      assertThatThrownBy(() -> worker.activateTexts(unit))
          .hasStackTraceContaining("write of L000/0000000 has not been done");
      assertThatThrownBy(() -> worker.steerFeature(unit))
          .hasStackTraceContaining("evidence of L000/0000000 has not been done");
    }
  }
}
