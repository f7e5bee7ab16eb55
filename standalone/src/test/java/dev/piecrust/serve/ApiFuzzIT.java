package dev.piecrust.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.embedded.Home;
import dev.piecrust.embedded.HostileHome;
import dev.piecrust.embedded.Program;
import dev.piecrust.embedded.Serving;
import dev.piecrust.embedded.SmallSpec;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API keeps what its description says, whatever is asked: schemathesis tries. */
class ApiFuzzIT {
  private static final String TOKEN = "a token for whoever tries everything";

  @TempDir Path folder;

  @Test
  void answersEverythingAsItIsDescribed() throws Exception {
    String schemathesis = System.getenv("PIECRUST_SCHEMATHESIS");
    assumeTrue(schemathesis != null, "PIECRUST_SCHEMATHESIS names no schemathesis");
    Program program = new Program(home()).with("PIECRUST_API_TOKEN", TOKEN);
    Path printed = folder.resolve("schemathesis.txt");
    Path config =
        Path.of(Objects.requireNonNull(ApiFuzzIT.class.getResource("/schemathesis.toml")).toURI());
    try (Serving serving = Serving.start(program)) {
      ProcessBuilder tries =
          new ProcessBuilder(
              Objects.requireNonNull(schemathesis),
              "--config-file",
              config.toString(),
              "run",
              serving.pages() + "/openapi?format=json",
              "--no-color");
      tries.environment().put("PIECRUST_TEST_TOKEN", TOKEN);
      tries
          .environment()
          .put("PIECRUST_TEST_SPEC", Files.readString(SmallSpec.write(folder, "fap", 2)));
      tries.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(printed.toFile());
      Process trying = tries.start();
      boolean ended = trying.waitFor(10, TimeUnit.MINUTES);
      trying.destroyForcibly();
      assertThat(ended).as("ended in time: " + Files.readString(printed)).isTrue();
      assertThat(trying.exitValue()).as(Files.readString(printed)).isZero();
    }
    assertThat(Files.readString(printed)).containsPattern("Selected: (\\d+)/\\1\\s+Tested: \\1");
    assertThat(program.log()).doesNotContain("could not be answered");
  }

  /** A home with a campaign that can be asked about everything, and go on. */
  private Path home() {
    Path folder = this.folder.resolve("home");
    HostileHome.fill(folder);
    try (Database database = Stores.database(DatabaseConfig.h2(new Home(folder).database()))) {
      Stores.of(database).campaigns().enter("first", CampaignState.PAUSED, "");
    }
    return folder;
  }
}
