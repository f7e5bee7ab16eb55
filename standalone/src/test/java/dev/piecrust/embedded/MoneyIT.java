package dev.piecrust.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program with a language model that costs money, up to its cap and past it. */
class MoneyIT {
  private static final String KEY = "sk-planted-0123456789abcdef";
  private static final Pattern ID = Pattern.compile("small-[0-9a-f]{8}");

  /** 300 · 10 and 20 · 100 USD per million tokens. */
  private static final double USD_PER_CALL = 0.005;

  @TempDir Path folder;

  @Test
  void pausesAtItsCapGoesOnWithMoreAndPaysForNothingTwice() throws Exception {
    try (StandInLlm llm = new StandInLlm()) {
      Program program = new Program(folder.resolve("home")).with("STAND_IN_API_KEY", KEY);
      Path spec = write(llm.baseUrl());
      String out = folder.resolve("out").toString();

      Program.Running refused = program.start("run", spec.toString(), "--out", out);
      assertThat(refused.exitStatus()).as(refused.printed()).isEqualTo(2);
      assertThat(refused.printed()).contains("limits.usd is 0.1").contains("LLM calls");
      assertThat(llm.authorizations()).isEmpty();

      Program.Running paused = program.start("run", spec.toString(), "--yes", "--out", out);
      assertThat(paused.exitStatus()).as(paused.printed()).isEqualTo(4);
      int first = llm.authorizations().size();
      assertThat(first * USD_PER_CALL).isPositive().isLessThanOrEqualTo(0.1);
      String id = ID.matcher(paused.printed()).results().findFirst().orElseThrow().group();
      assertThat(paused.printed()).contains("budget " + id);

      program.run("budget", id, "--usd", "5");
      String finished = program.run("run", spec.toString(), "--out", out);
      assertThat(finished).contains("names of people, such as Mary").contains("responsiveness");
      int all = llm.authorizations().size();
      assertThat(all).isGreaterThan(first);
      assertThat(llm.authorizations()).containsOnly("Bearer " + KEY);

      program.run("run", spec.toString(), "--out", out);
      assertThat(llm.authorizations()).hasSize(all);

      String estimated = program.run("estimate", spec.toString(), "--json");
      JsonNode estimate = Json.mapper().readTree(estimated.substring(estimated.indexOf('{')));
      assertThat(estimate.at("/llm/counted").booleanValue()).isTrue();
      assertThat(estimate.at("/llm/inputTokens/expected").doubleValue())
          .isCloseTo((double) llm.promptTokens(), withinPercentage(25));

      JsonNode costs = Json.mapper().readTree(folder.resolve("out/costs.json").toFile());
      assertThat(costs.at("/total/calls").intValue()).isEqualTo(all);
      assertThat(costs.at("/total/usd").decimalValue().doubleValue())
          .isCloseTo(all * USD_PER_CALL, within(1e-9));
      JsonNode descriptions =
          Json.mapper().readTree(folder.resolve("out/descriptions.json").toFile());
      assertThat(descriptions).hasSize(12);
      assertThat(keyIsIn(folder)).isEmpty();
    }
  }

  private Path write(String baseUrl) throws IOException {
    return SmallSpec.explaining(
        folder,
        "fap, random",
        10,
        12,
        "windows: 2000, tokens: 64",
        StandInLlm.asModel(baseUrl, 100)
            + """
            evaluate: {preset: pie}
            limits: {usd: 0.1, requests_per_minute: 6000, tokens_per_minute: 10000000}
            """);
  }

  /** The files below a folder, unpacked where they are gzip'd, that hold the key. */
  private static List<Path> keyIsIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(MoneyIT::holdsTheKey).toList();
    }
  }

  private static boolean holdsTheKey(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      boolean zipped = bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
      String plain = new String(bytes, ISO_8859_1);
      String unpacked = "";
      if (zipped) {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
          unpacked = new String(in.readAllBytes(), ISO_8859_1);
        }
      }
      return plain.contains(KEY) || unpacked.contains(KEY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
