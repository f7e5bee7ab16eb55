package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.piecrust.artifact.FolderArtifacts;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others planted in files and in the database moves no cursor and forges no line. */
class PlantedTextIT {
  /** Clears the screen, turns the direction round, hides, and begins lines of its own. */
  private static final String PLANTED =
      "a\u001b[2J\u009b2J\u202eb\u200bc\u2028d\ncampaign forged finished";

  private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n\t]]");

  @TempDir Path folder;

  @Test
  void printsAndLogsItWithoutWhatATerminalObeys() throws Exception {
    Path home = folder.resolve("home");
    fill(home);
    Program program = new Program(home);
    clean(program.run("status"), "ended  failed  ", "  a\ufffd[2J");
    assertThat(program.run("status", "ended"))
        .contains("failed: a\ufffd[2J\ufffd2J\ufffdb\ufffdc d campaign forged finished  (started");
    String json = program.run("status", "--json");
    clean(json, "\\u202e");
    assertThat(new ObjectMapper().readTree(json).findValuesAsText("message")).contains(PLANTED);

    Program.Running refused = program.start("run", spec("\"x\\e[2J\\u202ey" + "z".repeat(999)));
    assertThat(refused.exitStatus()).as(refused.printed()).isEqualTo(2);
    clean(refused.printed(), "small.yaml:1:7", "'x\ufffd[2J\ufffdyzzz", "…', expected a name");
    assertThat(refused.printed()).hasSizeLessThan(500);

    try (Serving serving = Serving.start(program)) {
      while (!program.log().contains("forged")) {
        assertThat(serving.process().waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
      }
      boundsNames(serving, home);
      serving.stop();
    }
    clean(program.log(), "models/a\ufffd[2J");
    assertThat(program.log().lines()).noneMatch(line -> line.startsWith("campaign forged"));
  }

  private static void boundsNames(Serving serving, Path home)
      throws IOException, InterruptedException {
    String token =
        new ObjectMapper().readTree(home.resolve("server.json").toFile()).get("token").textValue();
    String path = "/api/v1/campaigns/open/cancel";
    for (String who : List.of("x".repeat(101), "a\\u001b[2J", "a\\nb")) {
      assertThat(serving.post(path, token, "{\"who\": \"" + who + "\"}"))
          .satisfies(
              answer -> {
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).contains("expected a name of up to 100 characters");
              });
    }
    HttpRequest.Builder events = serving.request("/api/v1/campaigns/open/events", token);
    assertThat(serving.send(events).body()).doesNotContain("asked to stop");
  }

  private static void clean(String printed, String... parts) {
    assertThat(printed).contains(parts).doesNotContainPattern(HIDDEN);
  }

  private String spec(String name) throws IOException {
    Path spec = SmallSpec.write(folder, "fap");
    Files.writeString(spec, Files.readString(spec).replace("name: small", "name: " + name + '"'));
    return spec.toString();
  }

  private static void fill(Path folder) {
    Home home = new Home(folder);
    try (Database database = Stores.database(DatabaseConfig.h2(home.database()))) {
      Stores stores = Stores.of(database);
      new FolderArtifacts(home.artifacts());
      for (String id : List.of("open", "ended")) {
        stores.campaigns().create(id, campaign());
      }
      stores.campaigns().enter("ended", CampaignState.FAILED, PLANTED);
      stores.campaigns().event("ended", "cancel", PLANTED, PLANTED);
    }
  }

  private static CampaignSpec campaign() {
    return new CampaignSpec(
        "planted",
        new SubjectSpec("/models/" + PLANTED, "/models/clt"),
        List.of(new TaskSpec("ioi", TaskKind.IOI, 1, 7, Optional.empty())),
        PruneSpec.defaults(),
        new LimitsSpec(Optional.empty(), Optional.empty(), Optional.empty(), 0.2));
  }
}
