package dev.piecrust.api.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.control.PinnedSpec;
import dev.piecrust.hub.PinnedSpecs;
import dev.piecrust.report.SmallCampaign;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PinResponseTest {
  private static final CampaignSpec SPEC =
      new CampaignSpec(
          "hub",
          new SubjectSpec("hf://org/model", "/clt"),
          SmallCampaign.SPEC.tasks(),
          SmallCampaign.SPEC.prune(),
          SmallCampaign.SPEC.limits());

  @Test
  void carriesThePinsOfASpecOverTheNetwork() {
    PinnedSpec pinned =
        new PinnedSpec(PinnedSpecs.map(SPEC, ref -> ref.at("a".repeat(40))), List.of("it moved"));
    String sent = Json.write(PinResponse.of(SPEC, pinned));
    assertThat(sent).contains("hf://org/model@aaaa").doesNotContain("/clt");
    assertThat(Json.read(sent, PinResponse.class, "pins").applyTo(SPEC)).isEqualTo(pinned);
  }

  @Test
  void carriesTheFolderOfATranscoderThatIsNamedByItsCampaign() {
    CampaignSpec named = SPEC.withTranscoder("campaign:own");
    PinnedSpec pinned =
        new PinnedSpec(PinnedSpecs.map(SPEC, ref -> ref.at("a".repeat(40))), List.of());
    String sent = Json.write(PinResponse.of(named, pinned));
    assertThat(Json.read(sent, PinResponse.class, "pins").applyTo(named)).isEqualTo(pinned);
    String old = "{\"pins\":[\"hf://org/model\"],\"notices\":[]}";
    assertThat(Json.read(old, PinResponse.class, "pins").applyTo(SPEC).spec()).isEqualTo(SPEC);
  }
}
