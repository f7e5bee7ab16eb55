package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program evaluates descriptions that it did not make. */
class ImportIT {
  private static final String MINE = "words about \"names\", such as Mary";

  @TempDir Path folder;

  @Test
  void evaluatesWhatItIsToldAndAsksNobodyForDescriptions() throws Exception {
    Program program = new Program(folder.resolve("home"));
    run(program, "own", "");
    JsonNode own = read("own/descriptions.json");
    List<String> mine = new ArrayList<>(List.of("id,description"));
    own.fieldNames()
        .forEachRemaining(id -> mine.add(id + ",\"" + MINE.replace("\"", "\"\"") + "\""));
    int known = 3;
    Files.write(folder.resolve("mine.csv"), mine.subList(0, 1 + known));

    run(program, "told", "  descriptions: {path: mine.csv, only: true}\n");
    JsonNode told = read("told/descriptions.json");
    assertThat(own.size()).isGreaterThan(known);
    assertThat(told)
        .hasSize(known)
        .allSatisfy(
            feature -> {
              assertThat(feature.get("description").textValue()).isEqualTo(MINE);
              assertThat(feature.get("provider").textValue()).isEqualTo("imported");
              assertThat(feature.get("model").textValue()).isEqualTo("mine.csv");
            });
    assertThat(read("told/fade_metrics.json"))
        .hasSize(known)
        .allSatisfy(feature -> assertThat(feature.at("/metrics/clarity").isNumber()).isTrue());
    assertThat(read("own/costs.json").get("stages").findValuesAsText("stage")).contains("explain");
    assertThat(read("told/costs.json").get("stages").findValuesAsText("stage"))
        .isNotEmpty()
        .doesNotContain("explain");
  }

  private void run(Program program, String name, String descriptions) throws Exception {
    Path small =
        SmallSpec.explaining(
            folder,
            "fap, random",
            10,
            6,
            "windows: 200, tokens: 48",
            "  llm: {provider: lexical}\n" + descriptions + "evaluate: {preset: pie}\n");
    program.run("run", small.toString(), "--out", folder.resolve(name).toString());
  }

  private JsonNode read(String file) throws IOException {
    return Json.mapper().readTree(folder.resolve(file).toFile());
  }
}
