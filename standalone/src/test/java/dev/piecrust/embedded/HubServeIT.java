package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.Json;
import dev.piecrust.hub.HubDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program that serves, whose worker downloads from a hub. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HubServeIT {
  private static final String TOKEN = "a token for campaigns of the hub";
  private static final String CAMPAIGNS = "/api/v1/campaigns";
  private static final Path DEMO = Program.ROOT.resolve("demo");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int HEADERS = 200_000;
  private static final long GB = 1_000_000_000;
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final String DOWNLOADS =
      "downloads model\\.safetensors, [12]\\.\\d MB of 3\\.5 MB";

  @TempDir static Path folder;
  private static FolderHub hub;
  private static Program program;
  private static Serving serving;
  private static String spec = "";

  @BeforeAll
  static void start() throws Exception {
    hub = new FolderHub(DEMO);
    program =
        new Program(folder.resolve("home"))
            .with("PIECRUST_API_TOKEN", TOKEN)
            .with("HF_ENDPOINT", hub.endpoint())
            .with("HF_TOKEN", "")
            .with("HF_HUB_CACHE", folder.resolve("hub").toString());
    spec =
        Files.readString(SmallSpec.write(folder, "fap"))
            .replace(DEMO + "/model", "hf://demo/model")
            .replace(DEMO + "/clt", "hf://demo/clt");
    serving = Serving.start(program);
  }

  @AfterAll
  static void stop() {
    serving.close();
    hub.close();
  }

  /** The transcoder comes second, and is what does not fit; nothing of the model comes before. */
  @Test
  @Order(1)
  void endsAtOnceAndBeforeTheDownloadWhatItsDiskHasNoRoomFor() throws Exception {
    hub.claim("W_dec_0.safetensors", HubDisk.free(folder) + GB);
    String id = submit(spec);
    String failed = await(CAMPAIGNS + "/" + id, "\"state\":\"FAILED\"");
    String shortage =
        "small: [0-9.]+ GB are to be downloaded, and %s has [0-9.]+ GB free; make room there, or let"
                .formatted(Pattern.quote(folder.resolve("hub").toString()))
            + " HF_HUB_CACHE name a larger disk";
    assertThat(failed).containsPattern("\"message\":\"" + shortage + "\"");
    assertThat(hub.sent()).isLessThan(HEADERS);
    assertThat(program.run("status", id))
        .containsPattern("failed: " + shortage)
        .doesNotContain("from the hub");
    Path file = Files.writeString(folder.resolve("hub.yaml"), spec);
    Program.Running doctor = program.start("doctor", file.toString());
    assertThat(doctor.exitStatus()).as(doctor.printed()).isNotZero();
    assertThat(doctor.printed()).containsPattern(shortage);
  }

  @Test
  @Order(2)
  void showsHowFarADownloadIsAndGoesOn() throws Exception {
    hub.claimNothing();
    hub.move("1".repeat(40));
    hub.slow(true);
    // The program remembers for a while at which commit it saw a repository last.
    String id = submit(spec.replaceAll("hf://demo/\\w+", "$0@" + hub.commit()));
    String card = await(CAMPAIGNS + "/" + id + "/card", DOWNLOADS);
    assertThat(card).contains("\"condition\":\"LOADING\"");
    assertThat(get("/api/v1/workers")).containsPattern("\"stage\":\"load\".*" + DOWNLOADS);
    assertThat(get("/workers")).containsPattern(DOWNLOADS);
    assertThat(get("/campaigns/" + id)).contains("loading its model").containsPattern(DOWNLOADS);
    assertThat(program.run("status", id))
        .containsPattern("running: " + DOWNLOADS + ", on ")
        .containsPattern("downloads [89]\\.\\d MB from the hub \\(piecrust-gpu-embedded\\)");
    hub.slow(false);
    assertThat(await(CAMPAIGNS + "/" + id, "\"state\":\"FINISHED\"")).doesNotContain("downloads");
  }

  private static String submit(String text) throws Exception {
    String request = Json.write(Map.of("spec", text, "folder", folder.toString(), "fresh", false));
    String answer = serving.post(CAMPAIGNS, TOKEN, request).body();
    Matcher id = ID.matcher(answer);
    assertThat(id.find()).as(answer).isTrue();
    return id.group(1);
  }

  private static String get(String path) throws Exception {
    return serving.get(path, TOKEN).body();
  }

  private static String await(String path, String pattern) throws Exception {
    Pattern awaited = Pattern.compile(pattern);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String body = get(path);
    while (!awaited.matcher(body).find()) {
      assertThat(System.nanoTime()).as(body).isLessThan(deadline);
      Thread.sleep(100);
      body = get(path);
    }
    return body;
  }
}
