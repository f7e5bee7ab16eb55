package dev.piecrust.model.llama;

import static dev.piecrust.model.Fixtures.values;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.Fixtures;
import dev.piecrust.model.Models;
import dev.piecrust.model.Ops;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.model.Transformer;
import dev.piecrust.model.decoder.Decoder;
import dev.piecrust.model.decoder.DecoderWeights;
import dev.piecrust.model.decoder.RopeScaling;
import dev.piecrust.tensor.TensorRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What training needs: seeded weights, gradients of the very same forward, and a way to disk. */
class LlamaTrainingTest {
  private static final LlamaConfig CONFIG =
      new LlamaConfig(
          20,
          12,
          2,
          6,
          2,
          4,
          16,
          1e-5,
          10_000,
          Optional.of(new RopeScaling.Llama3(8, 1, 4, 16)),
          64,
          false);
  private static final TokenBatch BATCH =
      new TokenBatch(List.of(new int[] {0, 3, 5, 7, 9, 11}, new int[] {0, 4, 6, 8, 10, 12}));

  @TempDir Path folder;
  private final NDManager manager = TensorRuntime.start().newManager();
  private final Tokenizer tokenizer = Tokenizer.load(Fixtures.tokenizer("word-level"));

  @AfterEach
  void close() {
    manager.close();
    tokenizer.close();
  }

  @Test
  void autogradThroughRunAgreesWithFiniteDifferencesUnderGarbageCollection() {
    DecoderWeights weights =
        LlamaWeights.random(CONFIG, manager, 1).toType(manager, DataType.FLOAT64);
    weights.byName().values().forEach(w -> w.setRequiresGradient(true));
    Decoder model =
        new Decoder(CONFIG.decoder(), weights, tokenizer, "training", manager.newSubManager());
    try (GradientCollector collector = Engine.getInstance().newGradientCollector();
        NDManager step = manager.newSubManager()) {
      NDArray loss = loss(model, step);
      for (int i = 0; i < 50; i++) {
        step.create(new double[10_000]).close();
      }
      System.gc();
      collector.backward(loss);
    }
    for (Map.Entry<String, NDArray> entry : weights.byName().entrySet()) {
      double[] gradient = values(entry.getValue().getGradient());
      entry.getValue().setRequiresGradient(false);
      for (int i : new int[] {0, gradient.length / 3, gradient.length - 1}) {
        assertThat(gradient[i])
            .as("%s at %d", entry.getKey(), i)
            .isCloseTo(difference(model, entry.getValue(), i), offset());
      }
    }
  }

  private static Offset<Double> offset() {
    return Offset.offset(1e-7);
  }

  private double difference(Decoder model, NDArray weight, int i) {
    double step = 1e-6;
    double[] before = weight.toDoubleArray();
    double[] moved = before.clone();
    moved[i] = before[i] + step;
    weight.set(moved);
    double up = loss(model, manager).toDoubleArray()[0];
    moved[i] = before[i] - step;
    weight.set(moved);
    double down = loss(model, manager).toDoubleArray()[0];
    weight.set(before);
    return (up - down) / (2 * step);
  }

  /** Sum of the log-sum-exp of all logits less the logit of token 2: nothing cancels. */
  private NDArray loss(Decoder model, NDManager scope) {
    NDArray logits = model.unembed(model.run(scope, BATCH, List.of())); // [B,T,V]
    NDArray all = logits.exp().sum(new int[] {2}).log(); // [B,T]
    return all.sub(logits.get(new NDIndex(":,:,2"))).sum();
  }

  @Test
  void theSameSeedGivesTheSameWeights() {
    DecoderWeights one = LlamaWeights.random(CONFIG, manager, 5);
    DecoderWeights two = LlamaWeights.random(CONFIG, manager, 5);
    DecoderWeights other = LlamaWeights.random(CONFIG, manager, 6);
    List<NDArray> first = List.copyOf(one.byName().values());
    List<NDArray> second = List.copyOf(two.byName().values());
    for (int i = 0; i < first.size(); i++) {
      assertThat(values(first.get(i))).isEqualTo(values(second.get(i)));
    }
    assertThat(values(one.embed())).isNotEqualTo(values(other.embed()));
    assertThat(one.norm().toFloatArray()).containsOnly(1f);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsSavedLoadsAsTheSameModel(boolean tied) throws IOException {
    LlamaConfig config =
        new LlamaConfig(20, 12, 2, 6, 2, 4, 16, 1e-5, 10_000, CONFIG.ropeScaling(), 64, tied);
    DecoderWeights weights = LlamaWeights.random(config, manager, 2);
    LlamaCheckpoint.save(folder, config, weights, OptionalInt.of(0));
    Path file = Fixtures.tokenizer("word-level").resolve("tokenizer.json");
    Files.copy(file, folder.resolve("tokenizer.json"));
    assertThat(LlamaConfig.read(ConfigFile.read(folder.resolve("config.json")))).isEqualTo(config);
    Decoder model =
        new Decoder(config.decoder(), weights, tokenizer, "unsaved", manager.newSubManager());
    try (Transformer loaded = Models.load(folder, manager)) {
      assertThat(values(loaded.run(manager, BATCH, List.of())))
          .containsExactly(values(model.run(manager, BATCH, List.of())));
      assertThat(loaded.tokenizer().encode("Mary")).containsExactly(0, 5);
    }
  }

  @Test
  void constantsOutliveTheJavaMemoryTheyCameFrom() {
    NDArray constant =
        Ops.constant(manager, new double[] {1, 2, 3}, new Shape(3), DataType.FLOAT32);
    for (int i = 0; i < 200; i++) {
      manager.create(new float[10_000]).close();
    }
    System.gc();
    assertThat(constant.toFloatArray()).containsExactly(1f, 2f, 3f);
  }
}
