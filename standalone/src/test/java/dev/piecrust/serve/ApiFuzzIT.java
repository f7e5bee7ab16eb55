package dev.piecrust.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.piecrust.embedded.Program;
import dev.piecrust.embedded.Serving;
import dev.piecrust.embedded.SmallSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API keeps what its description says, whatever is asked: schemathesis tries. */
class ApiFuzzIT {
  private static final Pattern ID = Pattern.compile("small-[0-9a-f]{8}");
  private static final String TOKEN = "a token for whoever tries everything";

  @TempDir Path folder;

  @Test
  void answersEverythingAsItIsDescribed() throws Exception {
    String schemathesis = System.getenv("PIECRUST_SCHEMATHESIS");
    assumeTrue(schemathesis != null, "PIECRUST_SCHEMATHESIS does not name a schemathesis");
    Program program = new Program(folder.resolve("home")).with("PIECRUST_API_TOKEN", TOKEN);
    Matcher id = ID.matcher(program.run("run", SmallSpec.write(folder, "fap").toString()));
    assertThat(id.find()).isTrue();
    try (Serving serving = Serving.start(program)) {
      Path config = Path.of(ApiFuzzIT.class.getResource("/schemathesis.toml").toURI());
      Path printed = folder.resolve("schemathesis.txt");
      ProcessBuilder tries =
          new ProcessBuilder(
              schemathesis,
              "--config-file",
              config.toString(),
              "run",
              serving.pages() + "/openapi?format=json",
              "--max-time",
              "60",
              "--max-examples",
              "10",
              "--no-color");
      tries.environment().put("PIECRUST_TEST_TOKEN", TOKEN);
      tries.environment().put("PIECRUST_TEST_CAMPAIGN", id.group());
      tries.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(printed.toFile());
      int status = tries.start().waitFor();
      assertThat(status).as(Files.readString(printed)).isZero();
    }
  }
}
