package dev.piecrust.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.piecrust.activity.GpuActivities;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.campaign.FadePreset;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.hub.Hub;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.hub.HubSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subjects that specs name by the hub, on a machine that is offline. */
final class HubSubjectTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final SubjectSpec ON_THE_HUB =
      new SubjectSpec("hf://org/model@" + COMMIT, "hf://org/clt@" + COMMIT);

  @TempDir Path folder;

  @Test
  void areLoadedFromWhereAnotherToolHasPutThem() throws IOException {
    snapshot("model");
    snapshot("clt");
    try (Installation installation = new Installation(folder)) {
      GpuActivities worker = installation.worker(offline());
      installation.stores.campaigns().create("hub", spec(ON_THE_HUB));
      installation.stores.campaigns().create("here", spec(local()));
      assertThat(worker.loadModel("hub").fingerprint())
          .isEqualTo(worker.loadModel("here").fingerprint());
    }
  }

  @Test
  void areAUsersMistakeWhereTheyAreNotThere() {
    try (Installation installation = new Installation(folder)) {
      installation.stores.campaigns().create("hub", spec(ON_THE_HUB));
      Throwable failure = catchThrowable(() -> installation.worker(offline()).loadModel("hub"));
      assertThat(Failures.categoryOf(failure)).isEqualTo(FailureCategory.USER);
      assertThat(Failures.sentence(failure))
          .isEqualTo(
              "HF_HUB_OFFLINE is set, and the hub was never asked what hf://org/model@%s holds,"
                      .formatted(COMMIT)
                  + " expected it unset once");
    }
  }

  private void snapshot(String name) throws IOException {
    Path snapshots = folder.resolve("cache/models--org--" + name + "/snapshots");
    Files.createDirectories(snapshots);
    Files.createSymbolicLink(snapshots.resolve(COMMIT), FeatureCampaign.DEMO.resolve(name));
  }

  private HubFolders offline() {
    Hub hub =
        new Hub(
            new HubSettings(
                URI.create("http://127.0.0.1:1"), Optional.empty(), true, folder.resolve("cache")));
    return new HubFolders(() -> hub);
  }

  private static SubjectSpec local() {
    return new SubjectSpec(
        FeatureCampaign.DEMO.resolve("model").toString(),
        FeatureCampaign.DEMO.resolve("clt").toString());
  }

  private static CampaignSpec spec(SubjectSpec subject) {
    CampaignSpec demo =
        FeatureCampaign.spec(FeatureCampaign.corpus(1), EvaluateSpec.of(FadePreset.PIE));
    return new CampaignSpec("hub", subject, demo.tasks(), demo.prune(), demo.limits());
  }
}
