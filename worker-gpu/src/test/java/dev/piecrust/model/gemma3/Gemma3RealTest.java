package dev.piecrust.model.gemma3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.model.Models;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Transformer;
import dev.piecrust.task.IoiTask;
import dev.piecrust.task.PairChecks;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.tensor.TensorRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Gemma-3-270M itself, against what transformers computes with the same weights. They are no part
 * of the repository: {@code gemma-3-270m/make_checkpoint.py} makes the folder.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Gemma3RealTest {
  private static final int PAIRS = 100;

  private static final long SEED = 17;

  /** Of a batch's logits, 262,144 each. */
  private static final int BATCH = 10;

  private final NDManager manager = TensorRuntime.start().newManager();
  private final List<Transformer> loaded = new ArrayList<>();

  @BeforeAll
  void load() {
    Optional<String> folder = Optional.ofNullable(System.getenv("PIECRUST_GEMMA_3_270M"));
    assumeTrue(folder.isPresent(), "PIECRUST_GEMMA_3_270M names no folder with Gemma-3-270M");
    loaded.add(Models.load(Path.of(folder.get()), manager));
  }

  @AfterAll
  void close() {
    loaded.forEach(Transformer::close);
    manager.close();
  }

  @Test
  void computesWhatTransformersComputes() throws IOException {
    Transformer model = loaded.get(0);
    JsonNode prompts =
        Json.mapper().readTree(getClass().getResourceAsStream("/gemma-3-270m/reference.json"));
    assertThat(prompts).hasSize(20);
    for (JsonNode prompt : prompts) {
      String text = prompt.path("prompt").asText();
      int[] ids = Json.mapper().convertValue(prompt.path("ids"), int[].class);
      assertThat(model.tokenizer().encode(text)).as(text).isEqualTo(ids);
      float[] logits = last(model, List.of(ids)).get(0);
      double sum = 0;
      for (float logit : logits) {
        sum += Math.exp(logit);
      }
      assertThat(Math.log(sum)).as(text).isCloseTo(number(prompt.path("logsumexp")), within(1e-3));
      for (int i = 0; i < prompt.path("best").size(); i++) {
        assertThat((double) logits[prompt.path("best").path(i).asInt()])
            .as("best %d after %s", i, text)
            .isCloseTo(number(prompt.path("logits").path(i)), within(1e-3));
      }
      for (int i = 0; i < prompt.path("every").size(); i++) {
        assertThat((double) logits[8192 * i])
            .as("token %d after %s", 8192 * i, text)
            .isCloseTo(number(prompt.path("every").path(i)), within(1e-3));
      }
    }
  }

  @Test
  void tellsTheRightNameFromTheWrongOne() {
    Transformer model = loaded.get(0);
    List<TokenizedPair> pairs =
        IoiTask.generate(model.tokenizer(), PAIRS, SEED).stream()
            .map(pair -> PairChecks.check(pair, model.tokenizer(), "ioi"))
            .toList();
    int right = 0;
    for (int from = 0; from < PAIRS; from += BATCH) {
      List<TokenizedPair> some = pairs.subList(from, from + BATCH);
      List<float[]> logits = last(model, some.stream().map(TokenizedPair::clean).toList());
      for (int b = 0; b < BATCH; b++) {
        TokenizedPair pair = some.get(b);
        right += logits.get(b)[pair.right()] > logits.get(b)[pair.wrong()] ? 1 : 0;
      }
    }
    assertThat(right).isGreaterThanOrEqualTo(95);
  }

  /** The logits at the last position of each prompt. */
  private List<float[]> last(Transformer model, List<int[]> prompts) {
    TokenBatch batch = new TokenBatch(prompts);
    List<float[]> logits = new ArrayList<>();
    try (NDManager scope = manager.newSubManager()) {
      NDArray hidden = model.run(scope, batch, List.of()); // [B, T, d]
      for (int b = 0; b < batch.size(); b++) {
        NDArray row = hidden.get(new NDIndex("{}, {}", b, batch.length(b) - 1)).reshape(1, -1);
        logits.add(model.unembed(row).toFloatArray());
      }
    }
    return logits;
  }

  private static double number(JsonNode node) {
    assertThat(node.isNumber()).isTrue();
    return node.doubleValue();
  }
}
