package dev.piecrust.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.TrainSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingPartTest {
  private static final String GOOD =
      """
      name: own
      subject: {model: model}
      train: {corpus: corpus.txt, kind: per_layer, activation: jumprelu, l0: 20}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void makeTheSubject() throws IOException {
    Files.createDirectories(folder.resolve("model"));
    Files.writeString(folder.resolve("corpus.txt"), "a text\n");
  }

  @Test
  void readsATrainingWithoutTasksWhoseTranscoderLiesBesideIt() {
    CampaignSpec spec = parse(GOOD);
    assertThat(spec.tasks()).isEmpty();
    assertThat(spec.subject().transcoder()).isEqualTo(folder.resolve("own").toString());
    TrainSpec train = spec.training();
    assertThat(train.corpus()).isEqualTo(folder.resolve("corpus.txt").toString());
    assertThat(train.kind()).isEqualTo(TrainSpec.Kind.PER_LAYER);
    assertThat(train.activation()).isEqualTo(TrainSpec.Activation.JUMPRELU);
    assertThat(train.features()).isEmpty();
    assertThat(train.l0()).isEqualTo(20);
    assertThat(train.steps()).isEqualTo(1000);
    assertThat(train.parts()).isEqualTo(10);
    assertThat(SpecReader.parse(SpecDocument.write(spec), folder, "again")).isEqualTo(spec);
  }

  @Test
  void whatIsAsUsualLeavesTheIdAsItWas() {
    String usual = "l0: 20, activations: memory, dtype: f32";
    assertThat(parse(GOOD.replace("l0: 20", usual))).isEqualTo(parse(GOOD));
    assertThat(CampaignIds.of(parse(GOOD.replace("l0: 20", usual))))
        .isEqualTo(CampaignIds.of(parse(GOOD)));
    TrainSpec train = parse(GOOD.replace("l0: 20", "activations: disk, patience: 3")).training();
    assertThat(train.activations()).isEqualTo(TrainSpec.Activations.DISK);
    assertThat(train.patience()).hasValue(3);
  }

  @Test
  void namesAFolderThatNeedNotBeThere() {
    CampaignSpec spec = parse(GOOD.replace("model}", "model, transcoder: new/one}"));
    assertThat(spec.subject().transcoder()).isEqualTo(folder.resolve("new/one").toString());
  }

  @Test
  void aTranscoderIsNamedByTheCampaignThatTrainedItWhereNoneIsTrained() {
    String pruned = "name: x\nsubject: {model: model, transcoder: %s}\ntasks: [{kind: ioi}]\n";
    CampaignSpec spec = parse(pruned.formatted("campaign:own-0123abcd"));
    assertThat(spec.subject().trainedBy()).hasValue("own-0123abcd");
    assertThat(SpecReader.parse(SpecDocument.write(spec), folder, "again")).isEqualTo(spec);
    assertThat(parse(pruned.formatted("model")).subject().trainedBy()).isEmpty();
    for (String none : List.of("'campaign:'", "campaign:../own", "'campaign: own'")) {
      assertThatThrownBy(() -> parse(pruned.formatted(none)))
          .hasMessage(
              "spec.yaml:2:37: subject.transcoder: names no campaign, expected campaign: and an id"
                  + " or a name");
    }
    assertThatThrownBy(() -> parse(GOOD.replace("model}", "model, transcoder: campaign:own}")))
        .hasMessage(
            "spec.yaml:2:37: subject.transcoder: names a campaign, expected the folder that this"
                + " one trains it into");
  }

  @Test
  void wantsTasksWhereFeaturesAreExplained() {
    assertThatThrownBy(
            () ->
                parse(GOOD + "interpret: {corpus: {path: corpus.txt}, llm: {provider: lexical}}\n"))
        .hasMessageContaining("spec.yaml:1:1: tasks: is missing, expected a list of tasks");
  }

  @Test
  void saysWhereAndWhatIsWrong() {
    assertThatThrownBy(() -> parse(GOOD.replace("l0: 20", "features: 16")))
        .hasMessage(
            "spec.yaml:3:78: train.features: is 16, but 16 of them act, expected more than"
                + " train.l0");
    assertThatThrownBy(() -> parse(GOOD.replace("jumprelu", "gelu")))
        .hasMessageContaining("spec.yaml:3:")
        .hasMessageContaining("expected one of batchtopk, topk, jumprelu, relu");
    assertThatThrownBy(() -> parse(GOOD.replace("l0: 20", "dtype: bf16")))
        .hasMessageContaining("train.dtype: is bf16, expected f32: narrower numbers lose");
    assertThatThrownBy(() -> parse(GOOD.replace("l0: 20", "dtype: single")))
        .hasMessageContaining("train.dtype: 'single' is not known, expected one of f32");
    assertThatThrownBy(() -> parse(GOOD.replace("corpus: corpus.txt, ", "")))
        .hasMessageContaining("train.corpus: is missing");
  }

  @Test
  void aMillionStepsHaveTwoThousandPartsAtMost() {
    TrainSpec train = parse(GOOD.replace("l0: 20", "steps: 1000001, checkpoint: 1")).training();
    assertThat(train.parts()).isLessThanOrEqualTo(2000);
    assertThat(train.end(train.parts() - 1)).isEqualTo(1_000_001);
    assertThat(train.end(train.parts() - 2)).isLessThan(1_000_001);
    assertThat(train.end(-1)).isZero();
  }

  private CampaignSpec parse(String yaml) {
    return SpecReader.parse(yaml, folder, "spec.yaml");
  }
}
