package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.feature.FadeMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program with a real language model, and a weak one: whatever it says, every number
 * stands on replies that were read, and every gap has its reason.
 */
class LocalModelIT {
  private static final int FEATURES = 10;

  /** Of which even this model makes a sentence. */
  private static final String SIMPLE = "dogs";

  private static final int SAMPLES = 4;

  /** A model that repeats itself up to the limit takes long on a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  @TempDir Path folder;

  @Test
  void explainsAndEvaluatesTenFeaturesWhateverTheModelSays() throws Exception {
    Optional<Path> model = LocalModel.folder();
    assumeTrue(model.isPresent(), "PIECRUST_LOCAL_MODEL names no folder with a model");
    try (LocalModel llm = LocalModel.start(model.get(), folder.resolve("model.log"))) {
      Program program = new Program(folder.resolve("home"));
      JsonNode descriptions = explained(program, llm.baseUrl());
      assertThat(descriptions).hasSize(FEATURES);
      descriptions.forEach(LocalModelIT::saysSomethingOrWhyNot);

      JsonNode fade = evaluated(program, llm.baseUrl(), descriptions);
      assertThat(fade).hasSize(FEATURES);
      int numbers = 0;
      for (Map.Entry<String, JsonNode> feature : fade.properties()) {
        for (FadeMetric metric : FadeMetric.values()) {
          standsOnRepliesOrSaysWhyNot(feature.getValue(), metric);
          numbers += feature.getValue().path("metrics").path(metric.label()).isNumber() ? 1 : 0;
        }
      }
      assertThat(numbers).as("scores among %s", fade).isPositive();
    }
  }

  /** What the model says of ten features. */
  private JsonNode explained(Program program, String baseUrl) throws Exception {
    Path out = folder.resolve("explained");
    int status = run(program, write(baseUrl, ""), out);
    JsonNode descriptions = read(out.resolve("descriptions.json"));
    boolean gaps = descriptions.toString().contains("could not be read");
    assertThat(status).isGreaterThanOrEqualTo(gaps ? 3 : 0);
    JsonNode costs = read(out.resolve("costs.json"));
    assertThat(costs.at("/total/calls").intValue()).isGreaterThanOrEqualTo(FEATURES);
    assertThat(costs.at("/total/usd").doubleValue()).isZero();
    return descriptions;
  }

  /** What the model makes of a person's descriptions of them. */
  private JsonNode evaluated(Program program, String baseUrl, JsonNode features) throws Exception {
    ObjectNode given = Json.mapper().createObjectNode();
    features
        .properties()
        .forEach(feature -> given.putObject(feature.getKey()).put("description", SIMPLE));
    Files.writeString(folder.resolve("given.json"), given.toString());
    Path spec =
        write(
            baseUrl,
            """
              descriptions: {path: given.json, only: true}
            evaluate:
              {preset: pie, generation_calls: 3, texts_per_call: 1, rated_samples: %d, rating_batch: 2}
            """
                .formatted(SAMPLES));
    Path out = folder.resolve("evaluated");
    int unused = run(program, spec, out);
    return read(out.resolve("fade_metrics.json"));
  }

  /** With failures or without. */
  private static int run(Program program, Path spec, Path out) throws Exception {
    Program.Running run = program.start("run", spec.toString(), "--out", out.toString());
    int status = run.exitStatus(PATIENCE);
    assertThat(status).as(run.printed()).isIn(0, 3);
    return status;
  }

  private static void saysSomethingOrWhyNot(JsonNode feature) {
    String description = feature.path("description").asText("");
    boolean described = feature.path("description").isTextual();
    assertThat(feature.path("unexplained").isTextual())
        .as(feature.toString())
        .isEqualTo(!described);
    assertThat(described ? description : feature.path("unexplained").asText())
        .as(feature.toString())
        .matches(text -> text.codePoints().anyMatch(Character::isLetter));
    assertThat(description.strip()).isNotIn("...", "description");
  }

  private static void standsOnRepliesOrSaysWhyNot(JsonNode feature, FadeMetric metric) {
    String of = feature + " " + metric.label();
    JsonNode value = feature.path("metrics").path(metric.label());
    if (value.isNumber()) {
      assertThat(feature.path("description").isTextual()).as(of).isTrue();
      assertThat(value.doubleValue()).as(of).isBetween(0.0, 1.0);
      assertThat(feature.path("samples").path(metric.label()).intValue()).as(of).isPositive();
      assertThat(feature.path("unscored").has(metric.label())).as(of).isFalse();
    } else {
      assertThat(value.isNull()).as(of).isTrue();
      assertThat(feature.path("unscored").path(metric.label()).asText("")).as(of).isNotBlank();
    }
    if (value.isNumber() && metric != FadeMetric.CLARITY) {
      assertThat(feature.path("samples").path(metric.label()).intValue())
          .as(of)
          .isLessThanOrEqualTo(SAMPLES);
    }
  }

  private Path write(String baseUrl, String rest) throws IOException {
    return SmallSpec.explaining(
        folder,
        "fap",
        4,
        FEATURES,
        "windows: 200, tokens: 16",
        """
          evidence: {top: 2, per_stratum: 1}
          llm:
            provider: openai
            model: gemma-3-270m
            base_url: %s
            temperature: 0
            max_output_tokens: 60
            concurrency: 2
            timeout_seconds: 600
        %slimits: {failure_share: 1}
        """
            .formatted(baseUrl, rest));
  }

  private static JsonNode read(Path file) throws IOException {
    return Json.mapper().readTree(Files.readString(file));
  }
}
