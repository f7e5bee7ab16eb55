package dev.piecrust.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.HubRef;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HubRefusalsTest {
  @TempDir Path folder;
  private HubFixture given;

  @BeforeEach
  void start() {
    given = new HubFixture(folder.resolve("cache"));
  }

  @AfterEach
  void stop() {
    given.close();
  }

  @Test
  void tellsThatARepositoryIsNotThereOrPrivate() {
    refuses(
        given.hub,
        "hf://org/other",
        "hf://org/other is not there or private, expected a public one, or HF_TOKEN to hold a token"
            + " that may read it");
    refuses(
        given.hub(given.withToken("mine")),
        "hf://org/other",
        "hf://org/other is not there or private, expected the name of one that the token in"
            + " HF_TOKEN may read");
  }

  @Test
  void tellsWhereTheTermsOfAGatedRepositoryAre() {
    given.server.repository("org/model").letIn("accepted", 403, "GatedRepo");
    refuses(
        given.hub(given.withToken("mine")),
        "hf://org/model",
        "hf://org/model is gated, expected its terms at %s/org/model to be accepted by the account of"
                .formatted(given.server.endpoint())
            + " HF_TOKEN");
    given.server.repository("org/model").letIn("accepted", 401, "GatedRepo");
    refuses(
        given.hub,
        "hf://org/model",
        "hf://org/model is gated, expected its terms at %s/org/model to be accepted, and HF_TOKEN to"
                .formatted(given.server.endpoint())
            + " hold a token of the account");
    HubFixture.fetch(given.hub(given.withToken("accepted")));
  }

  @Test
  void tellsThatARevisionIsNotThere() {
    refuses(
        given.hub,
        "hf://org/model@v9",
        "hf://org/model has no revision 'v9', expected a branch, a tag or a commit of it");
  }

  @Test
  void tellsThatARepositoryHasNothingToDownload() {
    given.server.push("org/pickles", Map.of("pytorch_model.bin", HubFixture.random(2000, 4)));
    assertThatThrownBy(() -> fetch(given.hub, "hf://org/pickles"))
        .hasMessageMatching(
            "hf://org/pickles@[0-9a-f]{40} has nothing to download, expected config.json and"
                + " \\*\\.safetensors in it");
  }

  @Test
  void tellsThatAShardIsNotThere() {
    given.server.push(
        "org/half",
        Map.of(
            "config.json",
            "{}".getBytes(UTF_8),
            "model.safetensors.index.json",
            "{\"weight_map\": {\"a\": \"model-00001-of-00002.safetensors\"}}".getBytes(UTF_8)));
    assertThatThrownBy(() -> fetch(given.hub, "hf://org/half"))
        .hasMessageEndingWith(
            "has no file model-00001-of-00002.safetensors, expected it since an index names it");
  }

  @Test
  void refusesBeforeTheFirstByteWhatTheDiskHasNoRoomFor() {
    assertThatThrownBy(
            () -> HubDisk.require("hf://a/b", 26_500_000_000L, Path.of("/cache"), 1_250_000_000L))
        .hasMessage(
            "hf://a/b: 26.5 GB are to be downloaded, and /cache has 1.3 GB free; make room there,"
                + " or let HF_HUB_CACHE name a larger disk")
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.RESOURCES));
    HubDisk.require("hf://a/b", 5, Path.of("/cache"), 5);
  }

  @Test
  void refusesAListingThatLeadsOutOfItsFolder() {
    given.server.push("org/evil", Map.of("../../../config.json", "{}".getBytes(UTF_8)));
    refuses(
        given.hub,
        "hf://org/evil",
        "the hub lists '../../../config.json' of 2 bytes with checksum '%s', expected a file of the"
                .formatted(StandInRepository.gitBlob("{}".getBytes(UTF_8)))
            + " repository");
  }

  @Test
  void needsNoNetworkOffline() {
    refuses(
        given.hub(given.offline()),
        "hf://org/model",
        "HF_HUB_OFFLINE is set, and hf://org/model is not in %s, expected it there or the variable unset"
            .formatted(given.cache));
    Path model = given.fetch();
    given.server.forget();
    assertThat(HubFixture.fetch(given.hub(given.offline()))).isEqualTo(model);
    assertThat(given.server.asked()).isEmpty();
  }

  @Test
  void takesOfflineWhatAnotherToolHasLeft() throws IOException {
    HubRef pinned = HubFixture.REF.at("a".repeat(40));
    Path snapshot =
        Files.createDirectories(given.repository().resolve("snapshots").resolve("a".repeat(40)));
    Files.createDirectories(given.repository().resolve("refs"));
    Files.writeString(given.repository().resolve("refs/main"), "a".repeat(40));
    Hub offline = given.hub(given.offline());
    assertThat(HubFixture.fetch(offline)).isEqualTo(snapshot);
    assertThat(offline.pin(HubFixture.REF)).isEqualTo(pinned);
    assertThat(offline.remainingBytes(pinned, HubPart.MODEL)).isZero();
    assertThat(given.server.asked()).isEmpty();
  }

  @Test
  void tellsOfflineWhatIsMissing() {
    given.server.next(StandInHub.status(404));
    assertThatThrownBy(given::fetch).hasMessageContaining("has no file");
    refuses(
        given.hub(given.offline()),
        "hf://org/model",
        "HF_HUB_OFFLINE is set, and model.safetensors of hf://org/model@%s is not in %s, expected it"
                .formatted(given.commit, given.cache)
            + " there or the variable unset");
  }

  private static Path fetch(Hub hub, String named) {
    return hub.folder(HubRef.parse(named), HubPart.MODEL, HubProgress.UNWATCHED);
  }

  private static void refuses(Hub hub, String named, String sentence) {
    assertThatThrownBy(() -> fetch(hub, named))
        .hasMessage(sentence)
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
  }
}
