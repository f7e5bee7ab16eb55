package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program and a hub, from the first look at a campaign to its end offline. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HubCampaignIT {
  private static final Path DEMO = Program.ROOT.resolve("demo");
  private static final int HEADERS = 200_000;

  @TempDir static Path folder;
  private static FolderHub hub;
  private static Program program = new Program(Path.of(""));
  private static Path spec = Path.of("");

  @BeforeAll
  static void start() throws IOException {
    hub = new FolderHub(DEMO);
    program =
        new Program(folder.resolve("home"))
            .with("HF_ENDPOINT", hub.endpoint())
            .with("HF_TOKEN", "")
            .with("HF_HUB_CACHE", folder.resolve("hub").toString());
    spec = SmallSpec.write(folder, "fap, random");
    Files.writeString(
        spec,
        Files.readString(spec)
            .replace(DEMO + "/model", "hf://demo/model")
            .replace(DEMO + "/clt", "hf://demo/clt"));
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  @Test
  @Order(1)
  void saysBeforeTheDownloadWhetherThisMachineCanDoIt() throws Exception {
    assertThat(program.run("estimate", spec.toString()))
        .containsPattern("memory for pruning: 0\\.\\d GiB, [0-9.]+ GiB free on cpu\\R")
        .containsPattern("to download: [89]\\.\\d MB, [0-9.]+ GB free");
    assertThat(program.run("doctor", spec.toString()))
        .containsPattern("ok +download +to download: [89]\\.\\d MB")
        .containsPattern("ok +room +memory for pruning")
        .containsPattern("ok +time +about ");
    assertThat(hub.sent()).isPositive().isLessThan(HEADERS);
  }

  @Test
  @Order(2)
  void downloadsAModelOnceAndPrintsItsFolder() throws Exception {
    String printed = program.run("fetch", "hf://demo/model");
    Path model = folder.resolve("hub/models--demo--model/snapshots").resolve(hub.commit());
    assertThat(printed.lines().reduce((before, last) -> last)).contains(model.toString());
    assertThat(printed).contains("hf://demo/model@" + hub.commit() + ": 4 files of 3.5 MB");
    assertThat(model.resolve("model.safetensors"))
        .hasSameBinaryContentAs(DEMO.resolve("model/model.safetensors"));
    assertThat(model.resolve("README.md")).doesNotExist();
    hub.sent();
    assertThat(program.run("fetch", "hf://demo/model", "--json"))
        .contains("\"commit\":\"" + hub.commit() + "\"", "\"downloaded\":0");
    assertThat(hub.sent()).isZero();
  }

  @Test
  @Order(3)
  void runsACampaignOnWhatItDownloads() throws Exception {
    assertThat(run()).contains("small-", "held-out KL", "W_enc_3.safetensors 5.5 MB of 5.5 MB");
    assertThat(hub.sent()).isBetween(5_000_000L, 6_000_000L); // the transcoder, once
    assertThat(Files.readString(folder.resolve("out/run_manifest.json")))
        .contains("hf://demo/clt@" + hub.commit());
  }

  @Test
  @Order(4)
  void showsItsResultsOffline() throws Exception {
    program.with("HF_HUB_OFFLINE", "1");
    String before = program.log();
    assertThat(run()).contains("held-out KL").doesNotContain("has moved");
    assertThat(program.log().substring(before.length())).doesNotContain("computed");
    program.with("HF_HUB_OFFLINE", "0");
  }

  @Test
  @Order(5)
  void takesAMovedRepositoryForAnotherCampaign() throws Exception {
    String old = hub.commit();
    hub.move("1".repeat(40));
    assertThat(run())
        .contains("hf://demo/model has moved from " + old + " to " + hub.commit())
        .contains("write hf://demo/model@" + old + " to continue that one");
    assertThat(hub.sent()).isZero(); // the contents are the same, and were there
  }

  private static String run() throws IOException, InterruptedException {
    return program.run("run", spec.toString(), "--out", folder.resolve("out").toString());
  }
}
