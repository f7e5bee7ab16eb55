package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One feature cannot be described, however often its question is asked. */
class PoisonIT {
  private static final Pattern ID = Pattern.compile("small-[0-9a-f]{8}");
  private static final int FINISHED_WITH_FAILURES = 3;
  private static final int FEATURES = 12;

  @TempDir Path folder;

  @Test
  void costsThatFeatureItsDescriptionAndNothingElse() throws Exception {
    try (StandInLlm llm = new StandInLlm().poisoned()) {
      Program program = new Program(folder.resolve("home")).with("STAND_IN_API_KEY", "sk-stand-in");
      Path spec = write(llm.baseUrl());
      Path out = folder.resolve("out");
      Program.Running run = program.start("run", spec.toString(), "--yes", "--out", out.toString());

      assertThat(run.exitStatus()).as(run.printed()).isEqualTo(FINISHED_WITH_FAILURES);
      String id = ID.matcher(run.printed()).results().findFirst().orElseThrow().group();
      assertThat(run.printed()).contains("retry " + id);
      assertThat(program.run("status", id))
          .contains("explain feature", "a reply could not be read");
      assertThat(described(out)).isEqualTo(FEATURES - 1);
      int asked = llm.authorizations().size();

      llm.heal();
      program.run("retry", id);
      program.run("run", spec.toString(), "--out", out.toString());
      assertThat(described(out)).isEqualTo(FEATURES);
      assertThat(llm.authorizations().size() - asked)
          .as("one description and its scores")
          .isBetween(1, 20);
    }
  }

  private static long described(Path out) throws IOException {
    JsonNode descriptions = Json.mapper().readTree(out.resolve("descriptions.json").toFile());
    long described = 0;
    for (JsonNode feature : descriptions) {
      described += feature.path("description").isTextual() ? 1 : 0;
    }
    return described;
  }

  private Path write(String baseUrl) throws IOException {
    return SmallSpec.explaining(
        folder,
        "fap, random",
        10,
        FEATURES,
        "windows: 200, tokens: 48",
        StandInLlm.asModel(baseUrl, 10)
            + """
            evaluate: {preset: pie}
            limits: {usd: 5, requests_per_minute: 6000, tokens_per_minute: 10000000}
            """);
  }
}
