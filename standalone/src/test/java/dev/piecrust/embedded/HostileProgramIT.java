package dev.piecrust.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.Json;
import dev.piecrust.embedded.HostileFiles.Hostile;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a stranger at the packaged program: it refuses each in a sentence, and goes on. */
class HostileProgramIT {
  private static final int USER_ERROR = 2;
  private static final String CAMPAIGNS = "/api/v1/campaigns";
  private static final Pattern WORDS_OF_OTHERS =
      Pattern.compile("Exception|OutOfMemory|StackOverflow|\\tat |\\bjava\\.|Jackson|snakeyaml");

  @TempDir Path folder;
  private Path inside;
  private Program program;
  private List<Hostile> hostile;

  @BeforeEach
  void make() throws IOException, InterruptedException {
    inside = Files.createDirectory(folder.resolve("inside"));
    Path outside = Files.createDirectory(folder.resolve("outside"));
    hostile = new HostileFiles(inside, outside).all();
    program =
        new Program(folder.resolve("home"))
            .with("PIECRUST_ROOTS", inside + ":" + Program.ROOT.resolve("demo"));
  }

  @Test
  void commandsEndWithStatusTwoAndOneSentence() throws Exception {
    refuses("run", "pipe for tasks");
    refuses("run", "link out of the roots");
    refuses("estimate", "packed bomb for descriptions");
    refuses("estimate", "model's config.json");
    refuses("doctor", "device for tasks");
    refuses("doctor", "transcoder's W_enc_0.safetensors");
  }

  private void refuses(String command, String kind) throws IOException, InterruptedException {
    Hostile wanted = hostile.stream().filter(h -> h.kind().equals(kind)).findFirst().orElseThrow();
    Path spec = Files.write(inside.resolve("hostile.yaml"), wanted.spec());
    Program.Running running = program.start(command, spec.toString());
    assertThat(running.exitStatus()).as(running.printed()).isEqualTo(USER_ERROR);
    assertThat(running.printed().lines().filter(line -> line.contains(wanted.named())))
        .as("%s of a %s: %s", command, kind, running.printed())
        .hasSize(1);
    assertThat(running.printed()).doesNotContainPattern(WORDS_OF_OTHERS);
  }

  @Test
  void aServerRefusesThemAllAndForgetsNoCancel() throws Exception {
    try (Serving serving = Serving.start(program)) {
      for (Hostile each : hostile) {
        refuses(serving, each);
      }
      assertThat(serving.get(CAMPAIGNS, token()).body()).isEqualTo("[]");

      String busy =
          submit(serving, Files.readAllBytes(SmallSpec.write(folder, "fap, random", 400)));
      Path tasks = inside.resolve("swapped.jsonl");
      Files.writeString(tasks, PAIR);
      byte[] spec =
          HostileFiles.yaml(
              Program.ROOT.resolve("demo"),
              Program.ROOT.resolve("demo"),
              HostileFiles.taskOf(tasks),
              "");
      String swapped = submit(serving, spec);
      Path pipe = HostileFiles.pipe(inside.resolve("pipe"));
      Files.move(pipe, tasks, StandardCopyOption.REPLACE_EXISTING);
      JsonNode failed = ended(serving, swapped);
      assertThat(state(failed)).isEqualTo(CampaignState.FAILED);
      assertThat(failed.get("message").textValue())
          .contains(tasks + ": is a device, a pipe or a socket, expected a file of JSON lines")
          .doesNotContain("\n");

      HttpResponse<String> cancelled =
          serving.post(CAMPAIGNS + "/" + busy + "/cancel", token(), "{\"who\": \"a test\"}");
      assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(200);
      serving.process().destroyForcibly().waitFor();
      try (Serving again = Serving.start(program)) {
        assertThat(state(ended(again, busy))).isEqualTo(CampaignState.CANCELLED);
        assertThat(state(ended(again, swapped))).isEqualTo(CampaignState.FAILED);
        assertThat(again.stop()).isIn(0, 143);
      }
    }
    assertThat(program.log()).doesNotContain("OutOfMemory");
  }

  private void refuses(Serving serving, Hostile each) throws IOException, InterruptedException {
    String text = Json.write(new String(each.spec(), ISO_8859_1));
    HttpResponse<String> answer =
        serving.send(
            serving
                .request("/api/v1/specs/estimate", token())
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofByteArray(
                        "{\"spec\": %s}".formatted(text).getBytes(ISO_8859_1))));
    assertThat(answer.statusCode()).as("%s: %s", each.kind(), answer.body()).isEqualTo(400);
    assertThat(Json.mapper().readTree(answer.body()).get("detail").textValue())
        .as(each.kind())
        .contains(each.named())
        .doesNotContain("\n")
        .doesNotContain("secret\"")
        .doesNotContainPattern(WORDS_OF_OTHERS);
  }

  private String submit(Serving serving, byte[] spec) throws IOException, InterruptedException {
    String text = Json.write(new String(spec, UTF_8));
    HttpResponse<String> answer =
        serving.post(
            CAMPAIGNS, token(), "{\"spec\": %s, \"folder\": \"%s\"}".formatted(text, inside));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.mapper().readTree(answer.body()).get("id").textValue();
  }

  private JsonNode ended(Serving serving, String id) throws IOException, InterruptedException {
    while (true) {
      JsonNode status = Json.mapper().readTree(serving.get(CAMPAIGNS + "/" + id, token()).body());
      if (state(status).ended()) {
        return status;
      }
    }
  }

  private static CampaignState state(JsonNode status) {
    return CampaignState.valueOf(status.get("state").textValue());
  }

  private String token() throws IOException {
    return Json.mapper()
        .readTree(folder.resolve("home/server.json").toFile())
        .get("token")
        .textValue();
  }

  private static final String PAIR =
      "{\"clean\": \"Ann gave Bob\", \"corrupt\": \"Ann gave Tom\", \"answers\": [\" a\"],"
          + " \"wrong_answers\": [\" b\"]}\n";
}
