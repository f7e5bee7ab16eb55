package dev.piecrust.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.api.CampaignResource;
import dev.piecrust.api.SubmitRequest;
import dev.piecrust.api.access.Caller;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.control.CampaignCommand;
import dev.piecrust.control.CampaignService;
import dev.piecrust.control.CampaignWorkflows;
import dev.piecrust.control.LocalCampaignService;
import dev.piecrust.report.SmallCampaign;
import dev.piecrust.spec.SpecForm;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a new campaign starts a training. */
final class NewTrainingTest {
  @TempDir private Path root;
  private SmallCampaign campaign;
  private NewCampaign fresh;
  private SpecChecker checker;
  private CampaignService campaigns;
  private final List<String> started = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    campaign = new SmallCampaign(root.resolve("store"));
    Files.createDirectories(root.resolve("demo/model"));
    Files.createDirectories(root.resolve("demo/clt"));
    Files.writeString(root.resolve("demo/corpus.jsonl.gz"), "texts");
    campaigns =
        new LocalCampaignService(campaign.stores, campaign.reports, Optional.of(workflows()));
    fresh = new NewCampaign(campaign.stores, Optional.of(root.toString()));
    checker = new SpecChecker(campaigns);
  }

  @AfterEach
  void close() {
    campaign.close();
  }

  @Test
  void startsWithTheButton() {
    String text = fresh.training();
    SpecCheck check = checker.check(text);
    assertThat(check.problems()).isEmpty();
    assertThat(check.fields())
        .containsEntry("train.corpus", fresh.corpus())
        .containsEntry("subject.transcoder", fresh.transcoder())
        .containsEntry("train.l0", 15);
    String id =
        new CampaignResource(campaigns, campaign.reports, caller())
            .submit(new SubmitRequest(text, "/", false))
            .id();
    assertThat(id).isEqualTo(check.id().orElseThrow()).startsWith("my-training-");
    assertThat(started).containsExactly(id);
    assertThat(campaigns.status(id).state()).isEqualTo(CampaignState.QUEUED);
    CampaignSpec spec = campaign.stores.campaigns().spec(id);
    assertThat(spec.training().kind()).isEqualTo(TrainSpec.Kind.CROSS_LAYER);
    assertThat(spec.tasks()).isEmpty();
  }

  @Test
  void isAddedToACampaignWithTheBoxAndTakenAwayAgain() {
    SpecForm.Section section = SpecForm.sections().get(1);
    assertThat(section.name()).isEqualTo("train");
    assertThat(section.optional()).isTrue();
    assertThat(section.offer()).isNotEmpty();
    assertThat(SpecChecker.CHANGEABLE).contains("train", "interpret", "evaluate", "train.l0");
    String spec = fresh.first();
    spec = checker.change(spec, "train.corpus", Optional.of(fresh.corpus())).spec();
    SpecCheck chained = checker.change(spec, "subject.transcoder", Optional.of(fresh.transcoder()));
    assertThat(chained.problems()).isEmpty();
    assertThat(chained.fields()).containsKeys("train.corpus", "interpret.llm.provider");
    SpecCheck without = checker.change(chained.spec(), "train", Optional.empty());
    assertThat(without.fields()).doesNotContainKey("train.corpus");
    assertThat(without.spec()).doesNotContain("train:");
  }

  @Test
  void saysAtItsFieldWhatIsWrong() {
    SpecCheck check =
        checker.check(fresh.training().replace(fresh.corpus(), root.resolve("none").toString()));
    assertThat(check.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("train.corpus");
              assertThat(problem.sentence()).contains("expected a file");
            });
    String elsewhere = new NewCampaign(campaign.stores, Optional.empty()).training();
    assertThat(checker.check(elsewhere).problems())
        .extracting(SpecCheck.Problem::path)
        .containsExactly("subject.model", "train.corpus");
  }

  private CampaignWorkflows workflows() {
    return new CampaignWorkflows() {
      @Override
      public void start(String campaignId) {
        started.add(campaignId);
      }

      @Override
      public boolean tell(String campaignId, CampaignCommand command, String who) {
        return false;
      }
    };
  }

  private static Caller caller() {
    return new Caller(QuarkusSecurityIdentity.builder().setAnonymous(true).build());
  }
}
