package dev.piecrust.prune;

import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.Corruption;
import dev.piecrust.model.Fixtures;
import dev.piecrust.model.Models;
import dev.piecrust.model.Transformer;
import dev.piecrust.task.PromptPair;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.tensor.RawTensor;
import dev.piecrust.tensor.SafeTensors;
import dev.piecrust.tensor.SafeTensorsWriter;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.transcoder.Transcoder;
import dev.piecrust.transcoder.TranscoderKind;
import dev.piecrust.transcoder.Transcoders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A tiny random Llama of the fixtures with a random transcoder of 24 features a layer. */
public final class RandomSubject implements AutoCloseable {
  public static final int FEATURES = 24;

  public final NDManager manager = TensorRuntime.start().newManager();
  public final Transformer model;
  public final Transcoder transcoder;
  private final Path folder;
  private final Map<Integer, float[]> decoders = new HashMap<>();

  private final TranscoderKind kind;

  public RandomSubject(Path folder) throws IOException {
    this(folder, TranscoderKind.CROSS_LAYER);
  }

  public RandomSubject(Path folder, TranscoderKind kind) throws IOException {
    this.folder = folder;
    this.kind = kind;
    model = Fixtures.load("llama/grouped-tied", folder, manager);
    if (kind == TranscoderKind.CROSS_LAYER) {
      writeTranscoder(folder, model.layers(), model.width(), new Random(7));
    } else {
      writeTranscoderSet(folder, model.layers(), model.width(), new Random(7));
    }
    transcoder = Transcoders.load(folder, manager, model.layers(), model.width());
  }

  private RandomSubject(RandomSubject before) {
    folder = before.folder;
    kind = before.kind;
    model = Models.load(folder, manager);
    transcoder = Transcoders.load(folder, manager, model.layers(), model.width());
  }

  /** A subject of its own from the same files, as they are now. */
  RandomSubject reopened() {
    return new RandomSubject(this);
  }

  private static void writeTranscoderSet(Path folder, int layers, int width, Random random)
      throws IOException {
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        model_kind: transcoder_set
        feature_input_hook: hook_resid_mid
        feature_output_hook: hook_mlp_out
        """);
    for (int l = 0; l < layers; l++) {
      Map<String, RawTensor> layer = new LinkedHashMap<>();
      layer.put("W_enc", normal(random, 1, FEATURES, width));
      layer.put("b_enc", normal(random, 0.1, FEATURES));
      layer.put("b_dec", normal(random, 0.1, width));
      layer.put("W_dec", normal(random, 0.2, FEATURES, width));
      if (l % 2 == 1) {
        layer.put("activation_function.threshold", RawTensor.ofFloats(filled(0.05f), FEATURES));
      }
      SafeTensorsWriter.writeRaw(folder.resolve("layer_" + l + ".safetensors"), layer, Map.of());
    }
  }

  private static void writeTranscoder(Path folder, int layers, int width, Random random)
      throws IOException {
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        model_kind: cross_layer_transcoder
        feature_input_hook: hook_resid_mid
        feature_output_hook: hook_mlp_out
        """);
    for (int l = 0; l < layers; l++) {
      Map<String, RawTensor> encoder = new LinkedHashMap<>();
      encoder.put("W_enc_" + l, normal(random, 1, FEATURES, width));
      encoder.put("b_enc_" + l, normal(random, 0.1, FEATURES));
      encoder.put("b_dec_" + l, normal(random, 0.1, width));
      if (l % 2 == 1) {
        encoder.put("threshold_" + l, RawTensor.ofFloats(filled(0.05f), FEATURES));
      }
      SafeTensorsWriter.writeRaw(folder.resolve("W_enc_" + l + ".safetensors"), encoder, Map.of());
      SafeTensorsWriter.writeRaw(
          folder.resolve("W_dec_" + l + ".safetensors"),
          Map.of("W_dec_" + l, normal(random, 0.2, FEATURES, layers - l, width)),
          Map.of());
    }
  }

  private static float[] filled(float value) {
    float[] values = new float[FEATURES];
    Arrays.fill(values, value);
    return values;
  }

  private static RawTensor normal(Random random, double scale, long... shape) {
    int size = 1;
    for (long side : shape) {
      size *= (int) side;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return RawTensor.ofFloats(values, shape);
  }

  /** Pairs of random tokens, of different lengths. */
  public List<TokenizedPair> pairs(int... lengths) {
    Random random = new Random(3);
    List<TokenizedPair> pairs = new ArrayList<>();
    for (int length : lengths) {
      int[] clean = tokens(random, length);
      int[] corrupted = tokens(random, length);
      pairs.add(new TokenizedPair(new PromptPair("a", "b", " c", " d"), clean, corrupted, 5, 9));
    }
    return pairs;
  }

  private int[] tokens(Random random, int length) {
    int[] tokens = new int[length];
    for (int i = 1; i < length; i++) {
      tokens[i] = 4 + random.nextInt(model.vocabulary() - 4);
    }
    return tokens;
  }

  public PruningBatch batch(List<TokenizedPair> pairs) {
    List<Occurrences> occurrences =
        new OccurrenceFinder(model, transcoder)
            .find(manager, pairs, Corruption.PROMPT).stream()
                .map(found -> found.occurrences(Corruption.PROMPT))
                .toList();
    return new PruningBatch(manager, model, transcoder, pairs, occurrences);
  }

  /** The whole decoder of a layer, [F, writes, d] row-major. */
  public float[] decoder(int layer) {
    return decoders.computeIfAbsent(
        layer,
        l -> {
          boolean crossLayer = kind == TranscoderKind.CROSS_LAYER;
          String file = (crossLayer ? "W_dec_" : "layer_") + l + ".safetensors";
          try (SafeTensors tensors = SafeTensors.open(folder.resolve(file))) {
            return tensors.readFloats(crossLayer ? "W_dec_" + l : "W_dec");
          }
        });
  }

  @Override
  public void close() {
    transcoder.close();
    model.close();
    manager.close();
  }
}
