package dev.piecrust.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.Stages;
import dev.piecrust.activity.TrainActivities;
import dev.piecrust.activity.TrainPart;
import dev.piecrust.activity.TrainProgress;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.spec.SpecReader;
import dev.piecrust.train.TrainReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings on the demo model, as workers do them part by part. */
class OpenTrainingTest {
  private static final Path DEMO = Path.of("..", "demo").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @Test
  void workersGoOnWithOneAnothersTrainingAndFindItDone() throws IOException {
    try (Installation one = new Installation(folder.resolve("one"))) {
      one.stores.campaigns().create("alone", spec("alone"));
      TrainActivities worker = one.trainer();
      for (int part = 0; part < 3; part++) {
        worker.train(new TrainPart("alone", part));
      }

      one.stores.campaigns().create("together", spec("together"));
      TrainActivities a = one.trainer();
      TrainActivities b = one.trainer();
      assertThat(a.train(new TrainPart("together", 0)).step()).isEqualTo(4);
      assertThat(b.train(new TrainPart("together", 1)).step()).isEqualTo(8);
      assertThat(a.train(new TrainPart("together", 1)).step()).isEqualTo(8); // told once more
      TrainProgress last = a.train(new TrainPart("together", 2));
      assertThat(last.step()).isEqualTo(10);
      assertThat(b.train(new TrainPart("together", 2))).isEqualTo(last.withoutSpeed());

      for (int l = 0; l < 4; l++) {
        for (String file : new String[] {"W_enc_", "W_dec_"}) {
          assertThat(folder.resolve("together/" + file + l + ".safetensors"))
              .hasSameBinaryContentAs(folder.resolve("alone/" + file + l + ".safetensors"));
        }
      }
      assertThat(TrainReport.read(folder.resolve("together")).orElseThrow().progress())
          .isEqualTo(last.withoutSpeed());
      assertThat(one.stores.units().units("together", Stages.TRAIN))
          .extracting(unit -> unit.done())
          .containsExactly(4, 4, 2);
    }
  }

  @Test
  void aFolderOfSomethingElseIsLeftAlone() throws IOException {
    Path mine = Files.createDirectories(folder.resolve("mine")).resolve("mine.txt");
    Files.writeString(mine, "mine");
    try (Installation one = new Installation(folder.resolve("one"))) {
      one.stores.campaigns().create("mine", spec("mine"));
      TrainActivities worker = one.trainer();
      assertThatThrownBy(() -> worker.train(new TrainPart("mine", 0)))
          .hasStackTraceContaining("expected a new or an empty folder, or one of this training");
    }
    assertThat(mine).hasContent("mine");
  }

  private CampaignSpec spec(String out) {
    return SpecReader.parse(
        """
        name: own
        subject: {model: %1$s/model, transcoder: %2$s}
        train:
          corpus: %1$s/corpus.jsonl.gz
          features: 64
          l0: 8
          steps: 10
          batch: 256
          context: 48
          windows: 100
          checkpoint: 4
        """
            .formatted(DEMO, out),
        folder,
        "spec.yaml");
  }
}
