package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program whose language model is away, and then will not have its key. */
class OutageIT {
  private static final Pattern ID = Pattern.compile("small-[0-9a-f]{8}");

  @TempDir Path folder;

  @Test
  void waitsForItsModelIsStoppedAndGoesOnWhenItIsBackAndItsKeyIsMended() throws Exception {
    assumeFalse(
        ignoresInterrupts(), "who runs these tests ignores SIGINT, and so does what it starts");
    String out = folder.resolve("out").toString();
    Program program = new Program(folder.resolve("home")).with("STAND_IN_API_KEY", "sk-wrong");
    int port;
    Path spec;
    // Held without an ear, so that no other process gets the port, such as the program its pages'.
    try (Socket held = new Socket()) {
      held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      port = held.getLocalPort();
      spec = write(port);
      Program.Running waiting = program.start("run", spec.toString(), "--yes", "--out", out);
      awaitWords(
          waiting, "waiting for openai stand-in at http://127.0.0.1:" + port + "/v1: openai");
      assertThat(waiting.printed()).contains("cannot be reached", "; since ", ", next try at ");
      waiting.interrupt();
      assertThat(waiting.exitStatus()).as(waiting.printed()).isEqualTo(130);
      assertThat(waiting.printed())
          .containsPattern("Stopped\\. Campaign small-\\S+ continues when PieCrust starts again")
          .doesNotContain("internal error", "Exception", "EntityManager", "\tat ");
      assertThat(program.log()).doesNotContain("EntityManagerFactory is closed");
    }

    try (StandInLlm llm = new StandInLlm(port).accepting("sk-right")) {
      Program.Running refused = program.start("run", spec.toString(), "--yes", "--out", out);
      assertThat(refused.exitStatus()).as(refused.printed()).isEqualTo(2);
      assertThat(refused.printed())
          .contains("is paused: the language model cannot be asked: openai at " + llm.baseUrl())
          .contains("does not accept the key or the account (401): Incorrect API key provided")
          .contains(
              "at " + llm.baseUrl() + " for the model stand-in, with the key in STAND_IN_API_KEY");
      String id = ID.matcher(refused.printed()).results().findFirst().orElseThrow().group();
      assertThat(program.run("status", id)).contains("paused: the language model cannot be asked");

      program.with("STAND_IN_API_KEY", "sk-right");
      program.run("resume", id);
      assertThat(program.run("run", spec.toString(), "--yes", "--out", out))
          .contains("names of people, such as Mary");
    }
  }

  @Test
  void isToldOfAWrongKeyBeforeItPrunesWhereItIsStartedOverTheNetwork() throws Exception {
    Program program = new Program(folder.resolve("home")).with("STAND_IN_API_KEY", "sk-wrong");
    try (StandInLlm llm = new StandInLlm().accepting("sk-right");
        Serving serving = Serving.start(program)) {
      String spec = write(llm.port()).toString();
      Program elsewhere = new Program(folder.resolve("elsewhere"));
      String token = token(folder.resolve("home"));
      String server = "http://127.0.0.1:" + serving.port();
      String started =
          elsewhere.with("PIECRUST_API_TOKEN", token).run("run", spec, "--yes", "--server", server);
      String id = ID.matcher(started).results().reduce((any, last) -> last).orElseThrow().group();
      JsonNode campaign = campaign(serving, token, id);
      while (campaign.path("state").asText().matches("QUEUED|RUNNING")) {
        campaign = campaign(serving, token, id);
      }
      assertThat(campaign.path("state").asText()).as(campaign + started).isEqualTo("PAUSED");
      assertThat(campaign.path("message").asText())
          .startsWith("the language model cannot be asked: openai at " + llm.baseUrl())
          .contains("(401)", "with the key in STAND_IN_API_KEY");
      assertThat(campaign.path("stages")).as("nothing was pruned").isEmpty();
      assertThat(llm.authorizations()).containsExactly("Bearer sk-wrong");
    }
  }

  private static JsonNode campaign(Serving serving, String token, String id) throws Exception {
    return Json.mapper().readTree(serving.get("/api/v1/campaigns/" + id, token).body());
  }

  private static String token(Path home) throws IOException {
    return Json.mapper().readTree(home.resolve("server.json").toFile()).path("token").asText();
  }

  private static void awaitWords(Program.Running running, String words) throws Exception {
    while (!running.printed().contains(words)) {
      assertThat(running.process().waitFor(20, TimeUnit.MILLISECONDS))
          .as(running.printed())
          .isFalse();
    }
  }

  /** Whether this process was started with SIGINT ignored, as shells do in the background. */
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring(line.indexOf(':') + 1).strip(), 16))
        .anyMatch(ignored -> (ignored & 2) != 0);
  }

  private Path write(int port) throws IOException {
    String baseUrl = "http://127.0.0.1:%d/v1".formatted(port);
    return SmallSpec.explaining(
        folder,
        "fap",
        4,
        3,
        "windows: 100, tokens: 48",
        StandInLlm.asModel(baseUrl, 100) + "limits: {usd: 5}\n");
  }
}
