package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program as a server for the user of one machine. */
class ServeIT {
  private static final String CAMPAIGNS = "/api/v1/campaigns";

  @TempDir Path folder;

  @Test
  void servesTheCampaignsOfItsHomeUntilItIsStopped() throws Exception {
    Program program = new Program(folder.resolve("home"));
    try (Serving serving = Serving.start(program)) {
      assertThat(serving.get("/", "").headers().firstValue("Location").orElse("none"))
          .endsWith("/campaigns");
      assertThat(serving.get(CAMPAIGNS, "").statusCode()).isEqualTo(401);

      String spec = SmallSpec.write(folder, "fap").toString();
      String campaign = program.run("run", spec, "--out", folder.resolve("out").toString());
      String listed = serving.get(CAMPAIGNS, token()).body();
      assertThat(listed).contains("\"state\":\"FINISHED\"");
      assertThat(campaign).contains(listed.replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1"));

      keepsItsHomeToItself(folder.resolve("home"));
      answersToItsOwnNamesAlone(serving);
      servesCommandsFromElsewhere(serving, listed);
      isServedOnce(program);
      assertThat(serving.stop()).isIn(0, 143);
      assertThat(folder.resolve("home/server.json")).doesNotExist();
    }
  }

  private static void keepsItsHomeToItself(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home, 2)) {
      assertThat(files)
          .contains(home.resolve("piecrust.mv.db"), home.resolve("log/piecrust.log"))
          .contains(home.resolve("cache"), home.resolve("server.json"))
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .as(file.toString())
                      .endsWith("------"));
    }
  }

  /** Another home, such as on another machine, with a token. */
  private void servesCommandsFromElsewhere(Serving serving, String listed) throws Exception {
    String id = listed.replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
    String server = "http://127.0.0.1:" + serving.port();
    Program elsewhere = new Program(folder.resolve("elsewhere"));
    Program known = elsewhere.with("PIECRUST_API_TOKEN", token());
    assertThat(known.run("status", "--server", server)).contains(id + "  finished");
    assertThat(known.run("watch", id, "--server", server)).contains(id + "  finished");
    Path out = folder.resolve("exported");
    known.run("export", id, "--server", server, "--out", out.toString());
    assertThat(ExportedFiles.in(out)).isEqualTo(ExportedFiles.in(folder.resolve("out")));
    String spec = SmallSpec.write(folder, "fap, random").toString();
    String second =
        known.run("run", spec, "--server", server, "--out", folder.resolve("second").toString());
    assertThat(second).contains("open " + server + "/campaigns/small-");
    assertThat(serving.get(CAMPAIGNS, token()).body().split("\"state\":\"FINISHED\"")).hasSize(3);

    comparesThere(known, server, id);

    Program stranger = elsewhere.with("PIECRUST_API_TOKEN", "a token of someone else");
    Program.Running refused = stranger.start("status", "--server", server);
    assertThat(refused.exitStatus()).isEqualTo(2);
    assertThat(refused.printed()).contains("carries no valid access token");
    assertThat(folder.resolve("elsewhere/db.mv.db")).doesNotExist();
  }

  private static void comparesThere(Program known, String server, String id) throws Exception {
    Program.Running ambiguous = known.start("status", "small", "--server", server);
    assertThat(ambiguous.exitStatus()).isEqualTo(2);
    String both = ambiguous.printed();
    assertThat(both).contains("'small' is the name of 2 campaigns", id);
    String other =
        Pattern.compile("small-[0-9a-f]{8}")
            .matcher(both)
            .results()
            .map(MatchResult::group)
            .filter(found -> !found.equals(id))
            .findFirst()
            .orElseThrow();
    String beginning = other.substring(0, other.length() - 1);
    assertThat(known.run("compare", id, beginning, "--server", server))
        .contains("A  " + id, "B  " + other, "prune.methods", "KL of circuits on prompts held out")
        .containsPattern("ioi +B +1\\.00 ");
  }

  private void isServedOnce(Program program) throws Exception {
    Program.Running second = program.start("serve", "--port", "0");
    assertThat(second.exitStatus()).isEqualTo(2);
    assertThat(second.printed()).contains("is served already at 127.0.0.1:");
  }

  /** A foreign name that resolves to this machine is another site's. */
  private static void answersToItsOwnNamesAlone(Serving serving) throws IOException {
    assertThat(statusLine(serving, "localhost:" + serving.port())).contains(" 303 ");
    assertThat(statusLine(serving, "LOCALHOST")).contains(" 303 ");
    assertThat(statusLine(serving, "[::1]:80")).contains(" 303 ");
    assertThat(statusLine(serving, "rebound.example:" + serving.port())).contains(" 403 ");
    assertThat(statusLine(serving, "127.0.0.1.rebound.example")).contains(" 403 ");
    assertThat(statusLine(serving, "")).contains(" 403 ");
  }

  private static String statusLine(Serving serving, String host) throws IOException {
    return serving.raw("GET / HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(host));
  }

  private String token() throws IOException {
    String json = Files.readString(folder.resolve("home/server.json"));
    return json.replaceAll("(?s).*\"token\"\\s*:\\s*\"([^\"]+)\".*", "$1");
  }
}
