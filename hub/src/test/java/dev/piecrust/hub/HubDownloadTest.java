package dev.piecrust.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.HubRef;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.hub.StandInHub.Asked;
import dev.piecrust.input.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HubDownloadTest {
  private static final int SIXTY_PERCENT = HubFixture.WEIGHTS * 6 / 10;

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
  void putsWhatAModelNeedsWhereTheHubsToolsLookForIt() throws IOException {
    Path model = given.fetch();
    assertThat(model).isEqualTo(given.repository().resolve("snapshots").resolve(given.commit));
    try (var files = Files.list(model)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("config.json", "tokenizer.json", "model.safetensors");
    }
    byte[] weights = given.content("model.safetensors");
    assertThat(Files.readAllBytes(model.resolve("model.safetensors"))).isEqualTo(weights);
    assertThat(Files.readSymbolicLink(model.resolve("model.safetensors")))
        .isEqualTo(Path.of("../../blobs", Sha256.of(weights)));
    assertThat(Files.readSymbolicLink(model.resolve("config.json")))
        .isEqualTo(Path.of("../../blobs", StandInRepository.gitBlob(given.content("config.json"))));
    assertThat(given.repository().resolve("refs/main")).hasContent(given.commit);
  }

  @Test
  void downloadsNothingTwice() {
    given.fetch();
    given.server.forget();
    given.fetch();
    assertThat(given.server.asked())
        .extracting(Asked::path)
        .containsExactly("/api/models/org/model/revision/main");
    given.server.forget();
    given.hub.folder(HubFixture.REF.at(given.commit), HubPart.MODEL, HubProgress.UNWATCHED);
    assertThat(given.server.asked()).isEmpty();
  }

  @Test
  void usesWhatAnotherToolHasDownloaded() throws IOException {
    byte[] weights = given.content("model.safetensors");
    Path blobs = Files.createDirectories(given.repository().resolve("blobs"));
    Files.write(blobs.resolve(Sha256.of(weights)), weights);
    Path model = given.fetch();
    assertThat(given.server.contents()).isEmpty();
    assertThat(model.resolve("model.safetensors")).hasBinaryContent(weights);
  }

  @Test
  void goesOnWhereADownloadWasCutOff() {
    given.server.next(StandInHub.cutAt(0.6));
    assertThat(given.fetch().resolve("model.safetensors"))
        .hasBinaryContent(given.content("model.safetensors"));
    assertThat(given.server.contents())
        .extracting(Asked::range)
        .containsExactly("", "bytes=%d-".formatted(SIXTY_PERCENT));
    assertThat(given.waits).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void goesOnInANewProcessWhereAnotherWasKilled() throws IOException {
    byte[] weights = given.content("model.safetensors");
    Path partial = given.repository().resolve("blobs").resolve(Sha256.of(weights) + ".incomplete");
    Files.createDirectories(partial.getParent());
    Files.write(partial, Arrays.copyOf(weights, SIXTY_PERCENT));
    HubRef pinned = given.hub.pin(HubFixture.REF);
    Download plan = given.hub.plan(pinned, HubPart.MODEL);
    assertThat(plan.bytes() - plan.remainingBytes()).isEqualTo(SIXTY_PERCENT);
    List<Long> told = new ArrayList<>();
    Path model = given.hub.fetch(plan, (file, done, total) -> told.add(done));
    assertThat(model.resolve("model.safetensors")).hasBinaryContent(weights);
    assertThat(partial).doesNotExist();
    assertThat(given.server.contents())
        .extracting(Asked::range)
        .containsExactly("bytes=%d-".formatted(SIXTY_PERCENT));
    assertThat(told).isSorted().endsWith(plan.bytes());
  }

  @Test
  void doesNotWaitForAnAnswerThatHasStopped() {
    given.server.next(given.server.stallAt(0.6));
    assertThat(given.fetch().resolve("model.safetensors"))
        .hasBinaryContent(given.content("model.safetensors"));
    assertThat(given.server.contents())
        .extracting(Asked::range)
        .containsExactly("", "bytes=%d-".formatted(SIXTY_PERCENT));
  }

  @Test
  void waitsAsLongAsTheHubSays() {
    given.server.next(StandInHub.status(429, "Retry-After=7"));
    given.server.next(StandInHub.status(503));
    given.fetch();
    assertThat(given.waits).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(2));
  }

  @Test
  void waitsUntilTheHubSays() {
    ZonedDateTime inAMinute = ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(1);
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(inAMinute);
    given.server.next(StandInHub.status(429, "Retry-After=" + date));
    given.fetch();
    assertThat(given.waits).hasSize(1);
    assertThat(given.waits.get(0)).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
  }

  @Test
  void asksForAnotherAddressWhereOneHasExpired() {
    given.server.next(StandInHub.cutAt(0.6));
    given.server.next(StandInHub.status(403));
    given.fetch();
    assertThat(given.server.contents())
        .extracting(Asked::range)
        .containsExactly(
            "", "bytes=%d-".formatted(SIXTY_PERCENT), "bytes=%d-".formatted(SIXTY_PERCENT));
  }

  @Test
  void givesUpOnAHubThatStaysBusy() {
    for (int i = 0; i < 6; i++) {
      given.server.next(StandInHub.status(500));
    }
    assertThatThrownBy(given::fetch)
        .hasMessage(
            "model.safetensors of hf://org/model@%s: the hub answers with status 500; what has"
                + " arrived stays, try again in 32 s to go on",
            given.commit)
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.EXTERNAL));
    assertThat(given.waits).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L);
  }

  @Test
  void saysWhichHostDoesNotAnswer() {
    given.server.close();
    assertThatThrownBy(given::fetch)
        .hasMessageMatching(
            "the list of hf://org/model: 127\\.0\\.0\\.1 does not answer \\(.+\\); what has arrived"
                + " stays, try again in 32 s to go on");
  }

  @Test
  void doesNotWaitForHours() {
    given.server.next(StandInHub.status(429, "Retry-After=3600"));
    assertThatThrownBy(given::fetch)
        .hasMessageEndingWith("status 429; what has arrived stays, try again in 3600 s to go on");
    assertThat(given.waits).isEmpty();
  }

  @Test
  void keepsNothingThatHasAWrongChecksum() {
    given.server.next(StandInHub.wrong());
    assertThatThrownBy(given::fetch)
        .hasMessage(
            "model.safetensors of hf://org/model@%s arrived with a wrong checksum and was deleted;"
                + " start again to download it anew",
            given.commit)
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.EXTERNAL));
    assertThat(given.repository().resolve("blobs"))
        .isDirectoryNotContaining("glob:**" + Sha256.of(given.content("model.safetensors")) + "*");
    given.fetch();
    assertThat(given.server.contents()).extracting(Asked::range).containsExactly("", "");
  }

  @Test
  void neverMixesTwoRevisions() {
    given.server.next(StandInHub.status(404));
    assertThatThrownBy(given::fetch).hasMessageContaining("has no file model.safetensors");
    Map<String, byte[]> moved = new HashMap<>(given.files);
    moved.put("model.safetensors", HubFixture.random(HubFixture.WEIGHTS, 9));
    String next = given.server.push("org/model", moved);
    Path old =
        given.hub.folder(HubFixture.REF.at(given.commit), HubPart.MODEL, HubProgress.UNWATCHED);
    Path now = given.fetch();
    assertThat(now).hasFileName(next);
    assertThat(old.resolve("model.safetensors"))
        .hasBinaryContent(given.content("model.safetensors"));
    assertThat(now.resolve("model.safetensors")).hasBinaryContent(moved.get("model.safetensors"));
    assertThat(given.server.contents()).hasSize(3);
  }

  @Test
  void sendsTheTokenToTheHubAlone() {
    HubFixture.fetch(given.hub(given.withToken("secret")));
    assertThat(given.server.asked())
        .filteredOn(asked -> !asked.elsewhere())
        .extracting(Asked::authorization)
        .isNotEmpty()
        .containsOnly("Bearer secret");
    assertThat(given.server.contents()).extracting(Asked::authorization).containsExactly("");
  }

  @Test
  void makesAPlainFolderOfOneRevision() throws IOException {
    Path plain = folder.resolve("plain");
    given.server.next(StandInHub.cutAt(0.6));
    HubRef pinned = given.hub.pin(HubFixture.REF);
    Download plan = given.hub.plan(pinned, HubPart.MODEL, plain);
    given.hub.fetch(plan, plain, HubProgress.UNWATCHED);
    assertThat(plain)
        .isDirectoryNotContaining(Files::isSymbolicLink)
        .isDirectoryNotContaining("glob:**.piecrust");
    assertThat(plain.resolve("model.safetensors"))
        .hasBinaryContent(given.content("model.safetensors"));
    assertThat(given.hub.plan(pinned, HubPart.MODEL, plain).missing()).isEmpty();
    Files.write(plain.resolve("tokenizer.json"), new byte[] {1});
    assertThatThrownBy(() -> given.hub.plan(pinned, HubPart.MODEL, plain))
        .hasMessage(
            "%s is there with another content than that of this revision, expected an empty folder",
            plain.resolve("tokenizer.json"));
  }

  @Test
  void copiesIntoAPlainFolderWhatTheCacheHas() {
    given.fetch();
    given.server.forget();
    Path plain = folder.resolve("plain");
    HubRef pinned = HubFixture.REF.at(given.commit);
    given.hub.fetch(given.hub.plan(pinned, HubPart.MODEL, plain), plain, HubProgress.UNWATCHED);
    assertThat(given.server.asked()).isEmpty();
    assertThat(plain.resolve("model.safetensors"))
        .hasBinaryContent(given.content("model.safetensors"));
  }

  @Test
  void waitsForAnotherDownloadOfTheSameContent() {
    HubRef pinned = given.hub.pin(HubFixture.REF);
    CacheFolder cached = new CacheFolder(given.cache, pinned);
    HubFile weights = given.hub.listing(pinned).file("model.safetensors").orElseThrow();
    BlobLock others = cached.lock(weights).orElseThrow();
    Hub second =
        new Hub(
            given.server.settings(given.cache),
            new RetryPolicy(
                Duration.ofSeconds(30),
                wait -> {
                  given.waits.add(wait);
                  others.close();
                }));
    HubFixture.fetch(second);
    assertThat(given.waits).containsExactly(Duration.ofSeconds(1));
    assertThat(given.server.contents()).hasSize(1);
  }
}
