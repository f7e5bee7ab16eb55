package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program on one thread and on two. */
class ThreadsIT {
  private static final String METHODS =
      "fap, fap-synergy, fap-swap, fap-ig, fap-iterative, clt-relp, activation-magnitude, factp,"
          + " acdc, random";
  private static final int PROMPTS = 3;
  private static final double TOLERANCE = 1e-6;

  @TempDir Path folder;

  @Test
  void givesTheSameNumbersOnOneThreadAndOnTwo() throws Exception {
    List<JsonNode> one = prompts("1");
    List<JsonNode> two = prompts("2");
    assertThat(one).hasSameSizeAs(two).hasSize(PROMPTS * METHODS.split(",").length);
    for (int i = 0; i < one.size(); i++) {
      compare(one.get(i), two.get(i));
    }
  }

  private List<JsonNode> prompts(String threads) throws Exception {
    Path own = Files.createDirectories(folder.resolve(threads));
    Path out = own.resolve("out");
    new Program(own.resolve("home"), "-Dpiecrust.threads=" + threads)
        .run("run", SmallSpec.write(own, METHODS, PROMPTS).toString(), "--out", out.toString());
    List<JsonNode> prompts = new ArrayList<>();
    for (String line : Files.readAllLines(out.resolve("per_prompt_merged.jsonl"))) {
      prompts.add(Json.mapper().readTree(line));
    }
    return prompts;
  }

  private static void compare(JsonNode one, JsonNode two) {
    String where = "%s of prompt %s".formatted(one.get("method"), one.get("global_idx"));
    assertThat(two.get("method")).as(where).isEqualTo(one.get("method"));
    for (String measure : List.of("kl_by_k", "kl_all_by_k", "pred_changed_by_k")) {
      one.get(measure)
          .properties()
          .forEach(
              k ->
                  assertThat(two.get(measure).get(k.getKey()).asDouble())
                      .as("%s at %s, %s", measure, k.getKey(), where)
                      .isCloseTo(k.getValue().asDouble(), within(TOLERANCE)));
    }
    one.get("kept_by_k")
        .properties()
        .forEach(k -> compareKept(k.getValue(), two.get("kept_by_k").get(k.getKey()), where));
  }

  /**
   * Equal, or exchanged for occurrences of the same score: within 1e-6, or, as {@code factp}'s
   * scores are differences of f32 logits that are a few times as large as the largest of them,
   * within 16 roundings (6e-8) of that.
   */
  private static void compareKept(JsonNode one, JsonNode two, String where) {
    double largest = 0;
    for (JsonNode occurrence : one) {
      largest = Math.max(largest, Math.abs(occurrence.get(3).asDouble()));
    }
    double tie = TOLERANCE * Math.max(1, largest);
    List<Double> onlyOne = scoresOfOthers(one, two);
    List<Double> onlyTwo = scoresOfOthers(two, one);
    assertThat(onlyOne).as(where).hasSameSizeAs(onlyTwo);
    for (int i = 0; i < onlyOne.size(); i++) {
      assertThat(onlyOne.get(i)).as(where).isCloseTo(onlyTwo.get(i), within(tie));
    }
  }

  private static List<Double> scoresOfOthers(JsonNode kept, JsonNode other) {
    List<String> there = new ArrayList<>();
    other.forEach(occurrence -> there.add(name(occurrence)));
    List<Double> scores = new ArrayList<>();
    for (JsonNode occurrence : kept) {
      if (!there.contains(name(occurrence))) {
        scores.add(Math.abs(occurrence.get(3).asDouble()));
      }
    }
    scores.sort(Comparator.naturalOrder());
    return scores;
  }

  private static String name(JsonNode occurrence) {
    return "%s/%s/%s".formatted(occurrence.get(0), occurrence.get(1), occurrence.get(2));
  }
}
