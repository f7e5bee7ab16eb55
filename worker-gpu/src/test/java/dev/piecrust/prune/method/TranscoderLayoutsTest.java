package dev.piecrust.prune.method;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.Corruption;
import dev.piecrust.campaign.Metric;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.model.Fixtures;
import dev.piecrust.model.MemoryNeed;
import dev.piecrust.model.Models;
import dev.piecrust.model.Residence;
import dev.piecrust.model.Transformer.Linearity;
import dev.piecrust.model.decoder.Decoder;
import dev.piecrust.model.decoder.DecoderCheckpoint;
import dev.piecrust.prune.FidelityCheck;
import dev.piecrust.prune.KeepSet;
import dev.piecrust.prune.OccurrenceFinder;
import dev.piecrust.prune.Occurrences;
import dev.piecrust.prune.PairActivations;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.PruningBatch;
import dev.piecrust.prune.method.LayoutWriter.Layout;
import dev.piecrust.task.PromptPair;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.transcoder.Transcoder;
import dev.piecrust.transcoder.Transcoders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One set of numbers in each of the public layouts: the same activations, scores and KL. Gemma
 * Scope's first release reads before the gain of the norm, so its encoders have that gain in them.
 */
class TranscoderLayoutsTest {
  private static final int FEATURES = 20;

  /**
   * What a layout leads to.
   *
   * @param where each occurrence is
   * @param activations of the clean run, by layer, position and feature
   * @param fap of each occurrence
   * @param ig the same by gradients along the path
   * @param kl of the last position where the five best by {@code fap} alone are kept
   */
  @SuppressWarnings("ArrayRecordComponent") // compared one by one
  private record Found(
      List<String> where, float[] activations, float[] fap, float[] ig, double kl) {}

  @TempDir Path folder;
  private final NDManager manager = TensorRuntime.start().newManager();
  private Decoder model;

  @BeforeEach
  void load() {
    model = (Decoder) Fixtures.load("gemma3/capped", folder.resolve("model"), manager);
  }

  @AfterEach
  void close() {
    model.close();
    manager.close();
  }

  private Found run(Layout layout) throws IOException {
    return run(written(layout), Residence.MEMORY);
  }

  private Found run(Path there, Residence residence) {
    try (Transcoder transcoder =
        Transcoders.load(there, manager, model.layers(), model.width(), residence)) {
      assertThat(Transcoders.size(there, model.layers(), model.width()).features())
          .isEqualTo(FEATURES);
      int[] clean = Fixtures.ids("gemma3/capped", 1);
      int[] corrupted = clean.clone();
      corrupted[3] = 2 + (corrupted[3] + 5) % 50;
      List<TokenizedPair> pairs =
          List.of(new TokenizedPair(new PromptPair("a", "b", " c", " d"), clean, corrupted, 7, 11));
      PairActivations found =
          new OccurrenceFinder(model, transcoder).find(manager, pairs, Corruption.PROMPT).get(0);
      Occurrences o = found.occurrences(Corruption.PROMPT);
      try (PruningBatch batch = new PruningBatch(manager, model, transcoder, pairs, List.of(o));
          PromptRun run = new PromptRun(batch, 0, Metric.LOGIT_DIFF)) {
        float[] fap = new Fap(Metric.LOGIT_DIFF, Linearity.LOCAL).score(batch).get(0);
        float[] ig = new FapIg(Metric.LOGIT_DIFF, 5).score(batch).get(0);
        int[] kept = Arrays.copyOf(KeepSet.ranking(fap), 5);
        Fidelity fidelity = new FidelityCheck(run).measure(List.of(kept)).get(0);
        List<String> where =
            IntStream.range(0, o.size())
                .mapToObj(i -> o.layer()[i] + " " + o.position()[i] + " " + o.feature()[i])
                .toList();
        return new Found(where, found.clean().value(), fap, ig, fidelity.klLast());
      }
    }
  }

  private Path written(Layout layout) throws IOException {
    double[][] gains = new double[model.layers()][];
    for (int l = 0; l < gains.length; l++) {
      gains[l] = Fixtures.values(model.weights().layers().get(l).mlpNorm());
      gains[l] = Arrays.stream(gains[l]).map(w -> 1 + w).toArray();
    }
    Path there = folder.resolve(layout.name());
    new LayoutWriter(model.layers(), model.width(), FEATURES, gains).write(layout, there);
    return there;
  }

  @ParameterizedTest
  @CsvSource({
    "CIRCUIT_TRACER_SET, GEMMA_SCOPE_2_SET",
    "LN2_SET, GEMMA_SCOPE_1",
    "CIRCUIT_TRACER_CLT, GEMMA_SCOPE_2_CLT",
    "LN2_SET, LISTED_SCOPE_1",
    "CIRCUIT_TRACER_SET, LISTED_SCOPE_2_SET",
    "CIRCUIT_TRACER_CLT, LISTED_SCOPE_2_CLT",
    "CIRCUIT_TRACER_SET, SAE_LENS",
    "TOP_K_SET, SPARSIFY"
  })
  void theSameNumbersLeadToTheSameResults(Layout one, Layout other) throws IOException {
    Found expected = run(one);
    Found found = run(other);
    assertThat(expected.where()).hasSizeGreaterThan(100);
    assertThat(found.where()).isEqualTo(expected.where());
    close(found.activations(), expected.activations());
    close(found.fap(), expected.fap());
    close(found.ig(), expected.ig());
    assertThat(found.kl()).isCloseTo(expected.kl(), within(1e-6)).isGreaterThan(1e-3);
  }

  @ParameterizedTest
  @EnumSource(names = {"CIRCUIT_TRACER_CLT", "GEMMA_SCOPE_2_CLT", "GEMMA_SCOPE_1", "TOP_K_SET"})
  void layersFromDiskLeadToTheSameNumbers(Layout layout) throws IOException {
    Path there = written(layout);
    Found expected = run(there, Residence.MEMORY);
    DecoderCheckpoint checkpoint = Models.checkpoint(folder.resolve("model"));
    long room = MemoryNeed.bytes(checkpoint.parameters(Residence.DISK));
    assertThatThrownBy(() -> checkpoint.load(manager, device -> room, Residence.MEMORY))
        .hasMessageContaining("need");
    model.close();
    model = checkpoint.load(manager, device -> room, Residence.DISK);
    Found found = run(there, Residence.DISK);
    assertThat(found.where()).isEqualTo(expected.where());
    assertThat(found.activations()).isEqualTo(expected.activations());
    assertThat(found.fap()).isEqualTo(expected.fap());
    assertThat(found.ig()).isEqualTo(expected.ig());
    assertThat(found.kl()).isEqualTo(expected.kl());
  }

  /** Without their linear parts, which read different things. */
  @Test
  void aGainInTheRowsIsAGainBeforeThem() throws IOException {
    Found gained = run(Layout.CIRCUIT_TRACER_SET);
    Found normalized = run(Layout.LN2_SET);
    assertThat(normalized.where()).isEqualTo(gained.where());
    close(normalized.activations(), gained.activations());
    assertThat(normalized.kl()).isGreaterThan(0);
    // The linear part is in the gradient.
    assertThat(largest(normalized.fap(), gained.fap())).isGreaterThan(1e-3);
  }

  @Test
  void refusesTwoTranscodersOfALayerAndMoreLayersThanTheModels() throws IOException {
    Path there = written(Layout.GEMMA_SCOPE_2_SET);
    Files.createDirectories(there.resolve("layer_1_width_16k_l0_big"));
    refuses(
        there, "has layer_1_width_16k_l0_big and layer_1_width_16k_l0_small_affine, expected one");
    Files.delete(there.resolve("layer_1_width_16k_l0_big"));
    Files.createDirectories(there.resolve("layer_2_width_16k_l0_big"));
    refuses(there, "has layer_2_width_16k_l0_big, expected no more than the model's 2 layers");
    Path clt = written(Layout.GEMMA_SCOPE_2_CLT);
    Files.writeString(clt.resolve("config.json"), "{\"architecture\": \"topk\"}");
    refuses(clt, "'architecture' is \"topk\"; expected \"jump_relu\"");
  }

  @Test
  void refusesDamagedArrays() throws IOException {
    Path there = written(Layout.GEMMA_SCOPE_1);
    Path file = there.resolve("layer_1/width_16k/average_l0_7/params.npz");
    byte[] good = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(good, good.length - 30));
    refuses(there, "params.npz");
    String text = new String(good, ISO_8859_1);
    Files.writeString(file, text.replace("'<f4'", "'<i4'"), ISO_8859_1);
    refuses(there, "array 'W_enc' has type '<i4', expected <f2, <f4 or <f8");
    Files.writeString(file, text.replace("False", "True "), ISO_8859_1);
    refuses(there, "array 'W_enc' is column-major, expected row-major");
    Files.writeString(file, text.replace("(24, 20)", "(99, 99)"), ISO_8859_1);
    refuses(there, "array 'W_enc' ends before its shape does");
  }

  private void refuses(Path there, String sentence) {
    assertThatThrownBy(
            () -> Transcoders.load(there, manager, model.layers(), model.width()).close())
        .isInstanceOf(PieCrustException.class)
        .hasMessageContaining(sentence)
        .hasMessageContaining("expected");
  }

  private static void close(float[] found, float[] expected) {
    assertThat(largest(found, expected)).isLessThan(1e-6);
  }

  /** The largest difference, as a share of the largest number. */
  private static double largest(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    double scale = 0;
    double difference = 0;
    for (int i = 0; i < found.length; i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(found[i] - expected[i]));
    }
    return difference / scale;
  }
}
