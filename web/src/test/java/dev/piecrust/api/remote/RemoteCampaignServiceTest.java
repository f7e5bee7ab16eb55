package dev.piecrust.api.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.api.StandInServer;
import dev.piecrust.api.access.AccessToken;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.control.CampaignCommand;
import dev.piecrust.control.CampaignWorkflows;
import dev.piecrust.control.LocalCampaignService;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.report.ExportFormat;
import dev.piecrust.report.SmallCampaign;
import dev.piecrust.spec.CampaignIds;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteCampaignServiceTest {
  private static final String ID = SmallCampaign.ID;

  private SmallCampaign campaign;
  private LocalCampaignService local;
  private StandInServer server;
  private RemoteCampaignService remote;

  @BeforeEach
  void startAnew() {
    campaign.reset();
  }

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    campaign = new SmallCampaign(folder);
    local =
        new LocalCampaignService(campaign.stores, campaign.reports, Optional.of(new NothingRuns()));
    server = new StandInServer(local, campaign.reports, AccessToken.ofThisUser("secret"));
    remote = new RemoteCampaignService(new RemoteServer(server.address(), "secret"));
  }

  @AfterAll
  void stop() {
    server.close();
    campaign.close();
  }

  @Test
  void seesWhatTheServerSees() {
    assertThat(remote.list()).isEqualTo(local.list());
    assertThat(remote.status(ID)).isEqualTo(local.status(ID));
    assertThat(remote.events(ID)).isEqualTo(local.events(ID)).isNotEmpty();
    assertThat(remote.table(ID)).isEqualTo(local.table(ID));
  }

  @Test
  void seesAllCardsAndComparesThere() {
    campaign.stores.campaigns().create("second", SmallCampaign.SPEC);
    assertThat(remote.cards()).isEqualTo(local.cards()).hasSize(2);
    List<String> both = List.of(ID, "second");
    assertThat(remote.compare(both))
        .usingRecursiveComparison()
        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
        .isEqualTo(local.compare(both));
    assertThat(remote.compare(both).sides()).hasSize(2);
  }

  @Test
  void submitsTheVerySameSpec(@TempDir Path subject) throws IOException {
    String model = Files.createDirectories(subject.resolve("model")).toString();
    String clt = Files.createDirectories(subject.resolve("clt")).toString();
    CampaignSpec small = SmallCampaign.SPEC;
    CampaignSpec spec =
        new CampaignSpec(
            "other", new SubjectSpec(model, clt), small.tasks(), small.prune(), small.limits());
    assertThat(remote.submit(spec, false)).isEqualTo(CampaignIds.of(spec));
    assertThat(campaign.stores.campaigns().spec(CampaignIds.of(spec))).isEqualTo(spec);
  }

  @Test
  void hearsTheServersRefusals() {
    assertThat(remote.find("nobody")).isEmpty();
    assertThatThrownBy(() -> remote.events("nobody")).hasMessageContaining("no campaign 'nobody'");
    assertThatThrownBy(() -> remote.cancel("nobody", "ada"))
        .hasMessageContaining("no campaign 'nobody'");
    assertThatThrownBy(() -> remote.cancel(ID, "ada"))
        .hasMessage(
            "campaign %s is finished with failures already, expected one that has not ended", ID)
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
    assertThatThrownBy(() -> remote.submit(SmallCampaign.SPEC, false))
        .hasMessageContaining("subject.model: there is no");
  }

  @Test
  void cancels() {
    campaign.stores.campaigns().enter(ID, CampaignState.RUNNING, "");
    remote.cancel(ID, "ada");
    assertThat(remote.status(ID).message()).isEqualTo("cancelled by ada");
  }

  @Test
  void pausesResumesRaisesTheBudgetAndFinishes() {
    campaign.stores.campaigns().enter(ID, CampaignState.RUNNING, "");
    remote.pause(ID, "ada");
    assertThat(remote.status(ID).state()).isEqualTo(CampaignState.PAUSED);
    remote.resume(ID, "bob");
    assertThat(remote.status(ID).message()).isEqualTo("resumed by bob");
    remote.raiseBudget(ID, new BigDecimal("2.50"), "ada");
    assertThat(remote.spend(ID).cap().orElseThrow()).isEqualByComparingTo("2.5");
    remote.finish(ID, "ada");
    assertThat(remote.status(ID).message()).startsWith("finished early by ada");
    remote.retry(ID, "ada");
    assertThat(remote.status(ID).state()).isEqualTo(CampaignState.QUEUED);
    assertThat(remote.events(ID))
        .extracting(event -> event.kind() + " by " + event.who())
        .contains(
            "pause by ada", "resume by bob", "budget by ada", "finish by ada", "retry by ada");
  }

  @Test
  void hearsWhyABudgetIsRefused() {
    campaign.stores.campaigns().enter(ID, CampaignState.RUNNING, "");
    remote.raiseBudget(ID, new BigDecimal("7"), "ada");
    assertThatThrownBy(() -> remote.raiseBudget(ID, BigDecimal.ONE, "ada"))
        .hasMessageContaining("expected more than that, not 1")
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
    assertThatThrownBy(() -> remote.raiseBudget(ID, BigDecimal.ONE.negate(), "ada"))
        .hasMessageContaining("the budget is '-1', expected an amount in USD");
    assertThatThrownBy(() -> remote.pause(ID, " ")).hasMessageContaining("does not say who asks");
  }

  @Test
  void bringsAnExportHome(@TempDir Path folder) {
    Path here = folder.resolve("here");
    Path there = folder.resolve("there");
    local.export(ID, ExportFormat.PIE, there);
    remote.export(ID, ExportFormat.PIE, here);
    assertThat(here.resolve("run_manifest.json"))
        .hasSameTextualContentAs(there.resolve("run_manifest.json"));
    assertThat(here.resolve("per_prompt_merged.jsonl")).content().hasLineCount(4);
  }

  @Test
  void isTurnedAwayWithoutTheToken() {
    RemoteCampaignService stranger =
        new RemoteCampaignService(new RemoteServer(server.address(), "guess"));
    assertThatThrownBy(stranger::list)
        .hasMessage("no token")
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
  }

  @Test
  void saysThatNobodyAnswers() {
    RemoteCampaignService nowhere =
        new RemoteCampaignService(new RemoteServer(URI.create("http://127.0.0.1:1"), "secret"));
    assertThatThrownBy(nowhere::list)
        .hasMessageContaining("the server at http://127.0.0.1:1/ does not answer")
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.EXTERNAL));
  }

  @Test
  void takesANameThatNoMachineHasForAMistakeAndNotForAnOutage() {
    RemoteCampaignService nobody =
        new RemoteCampaignService(
            new RemoteServer(URI.create("https://piecrust.invalid"), "secret"));
    assertThatThrownBy(nobody::list)
        .hasMessage("there is no machine called piecrust.invalid, expected a server's name")
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
  }

  private static final class NothingRuns implements CampaignWorkflows {
    @Override
    public void start(String campaignId) {}

    @Override
    public boolean tell(String campaignId, CampaignCommand command, String who) {
      return false;
    }
  }
}
