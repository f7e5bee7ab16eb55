package dev.piecrust.prune.method;

import dev.piecrust.tensor.NpzWriter;
import dev.piecrust.tensor.RawTensor;
import dev.piecrust.tensor.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One set of numbers, written in each of the public layouts of transcoders.
 *
 * @param layers {@code L}
 * @param width {@code d}
 * @param features {@code F}
 * @param gains of the norm before the MLP, [L][d]: what a set that reads before it has in its rows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LayoutWriter(int layers, int width, int features, double[][] gains) {
  /** Where files of the hub that a config lists lie. */
  private static final String LISTED = "hub/org/scope/main";

  private static final int TOP_K = 6;

  /** A public layout. */
  enum Layout {
    CIRCUIT_TRACER_SET,
    LN2_SET,
    GEMMA_SCOPE_1,
    GEMMA_SCOPE_2_SET,
    CIRCUIT_TRACER_CLT,
    GEMMA_SCOPE_2_CLT,
    /** Lists of files of the hub, as circuit-tracer's wrappers of Gemma Scope have them. */
    LISTED_SCOPE_1,
    LISTED_SCOPE_2_SET,
    LISTED_SCOPE_2_CLT,
    SAE_LENS,
    /** By TopK, with as many as there are: those above 0. */
    SPARSIFY,
    TOP_K_SET;

    boolean crossLayer() {
      return name().endsWith("CLT");
    }
  }

  /** Numbers of a layer by name: the same whatever they are written as. */
  private float[] numbers(String name, int layer, int size, double scale) {
    Random random = new Random(31L * name.hashCode() + layer);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return values;
  }

  private RawTensor encoder(int l, boolean transposed, boolean gained) {
    float[] rows = numbers("enc", l, features * width, 0.5);
    float[] values = new float[rows.length];
    for (int f = 0; f < features; f++) {
      for (int i = 0; i < width; i++) {
        double value = gained ? rows[f * width + i] * gains[l][i] : rows[f * width + i];
        values[transposed ? i * features + f : f * width + i] = (float) value;
      }
    }
    return transposed
        ? RawTensor.ofFloats(values, width, features)
        : RawTensor.ofFloats(values, features, width);
  }

  private RawTensor bias(int l) {
    return RawTensor.ofFloats(numbers("bias", l, features, 0.1), features);
  }

  private RawTensor threshold() {
    float[] values = new float[features];
    Arrays.fill(values, 0.4f);
    return RawTensor.ofFloats(values, features);
  }

  private RawTensor skip(int l, boolean transposed) {
    float[] rows = numbers("skip", l, width * width, 0.1);
    float[] values = new float[rows.length];
    for (int o = 0; o < width; o++) {
      for (int i = 0; i < width; i++) {
        values[transposed ? i * width + o : o * width + i] = rows[o * width + i];
      }
    }
    return RawTensor.ofFloats(values, width, width);
  }

  /** Rows for the layers from {@code first} on; those before the own are noise. */
  private RawTensor decoder(int l, int first, int last, boolean flat) {
    int stored = last - first;
    float[] values = new float[features * stored * width];
    for (int t = first; t < last; t++) {
      float[] rows = numbers(t < l ? "noise" : "dec" + t, l, features * width, 0.3);
      for (int f = 0; f < features; f++) {
        System.arraycopy(rows, f * width, values, (f * stored + t - first) * width, width);
      }
    }
    return flat
        ? RawTensor.ofFloats(values, features, width)
        : RawTensor.ofFloats(values, features, stored, width);
  }

  void write(Layout layout, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int l = 0; l < layers; l++) {
      switch (layout) {
        case CIRCUIT_TRACER_SET, LN2_SET, TOP_K_SET -> set(folder, l, layout);
        case GEMMA_SCOPE_1 -> npz(folder, l);
        case LISTED_SCOPE_1 -> npz(Files.createDirectories(folder.resolve(LISTED)), l);
        case SAE_LENS -> saeLens(folder, l);
        case SPARSIFY -> sparsify(folder, l);
        case GEMMA_SCOPE_2_SET, LISTED_SCOPE_2_SET -> {
          Path own =
              folder
                  .resolve(layout == Layout.LISTED_SCOPE_2_SET ? LISTED : "")
                  .resolve("layer_%d_width_16k_l0_small_affine".formatted(l));
          Files.createDirectories(own);
          scope2(own.resolve("params.safetensors"), l, decoder(l, l, l + 1, true));
          config(own);
        }
        case CIRCUIT_TRACER_CLT -> clt(folder, l);
        case GEMMA_SCOPE_2_CLT, LISTED_SCOPE_2_CLT -> {
          Path own = folder.resolve(layout == Layout.LISTED_SCOPE_2_CLT ? LISTED : "");
          Files.createDirectories(own);
          scope2(
              own.resolve("params_layer_%d.safetensors".formatted(l)),
              l,
              decoder(l, 0, layers, false));
          config(own);
        }
      }
    }
    if (layout.name().matches("(CIRCUIT|LN2|LISTED|TOP_K).*")) {
      Files.writeString(
          folder.resolve("config.yaml"),
          """
          model_kind: %s
          feature_input_hook: %s
          feature_output_hook: mlp.hook_out
          %s
          """
              .formatted(
                  layout.crossLayer() ? "cross_layer_transcoder" : "transcoder_set",
                  layout == Layout.LN2_SET || layout == Layout.LISTED_SCOPE_1
                      ? "ln2.hook_normalized"
                      : "mlp.hook_in",
                  layout == Layout.TOP_K_SET ? "activation: topk\nk: " + TOP_K : list(layout)));
    }
  }

  /** With the last one twice, as some published lists have it. */
  private String list(Layout layout) {
    String file =
        switch (layout) {
          case LISTED_SCOPE_1 -> "layer_%d/width_16k/average_l0_7/params.npz";
          case LISTED_SCOPE_2_SET -> "layer_%d_width_16k_l0_small_affine/params.safetensors";
          default -> "params_layer_%d.safetensors";
        };
    return layout.name().startsWith("LISTED")
        ? IntStream.rangeClosed(0, layers)
            .mapToObj(l -> "\n- hf://org/scope/" + file.formatted(Math.min(l, layers - 1)))
            .collect(Collectors.joining("", "transcoders:", ""))
        : "";
  }

  private void saeLens(Path folder, int l) throws IOException {
    Path own = Files.createDirectories(folder.resolve("of-layer-" + l));
    Map<String, RawTensor> tensors = new LinkedHashMap<>();
    tensors.put("W_enc", encoder(l, true, false));
    tensors.put("W_dec", decoder(l, l, l + 1, true));
    tensors.put("b_enc", bias(l));
    tensors.put("threshold", threshold());
    tensors.put("W_skip", skip(l, false));
    SafeTensorsWriter.writeRaw(own.resolve("sae_weights.safetensors"), tensors, Map.of());
    Files.writeString(
        own.resolve("cfg.json"),
        """
        {"architecture": "jumprelu_skip_transcoder", "normalize_activations": "none",
         "apply_b_dec_to_input": false, "metadata": {"hook_name": "blocks.%1$d.mlp.hook_in",
         "hook_name_out": "blocks.%1$d.hook_mlp_out"}}
        """
            .formatted(l));
  }

  private void sparsify(Path folder, int l) throws IOException {
    Path own = Files.createDirectories(folder.resolve("layers.%d.mlp".formatted(l)));
    Map<String, RawTensor> tensors = new LinkedHashMap<>();
    tensors.put("encoder.weight", encoder(l, false, false));
    tensors.put("encoder.bias", bias(l));
    tensors.put("W_dec", decoder(l, l, l + 1, true));
    tensors.put("W_skip", skip(l, false));
    SafeTensorsWriter.writeRaw(own.resolve("sae.safetensors"), tensors, Map.of());
    Files.writeString(
        own.resolve("cfg.json"),
        "{\"activation\": \"topk\", \"k\": %d, \"transcode\": true}".formatted(TOP_K));
  }

  private void set(Path folder, int l, Layout layout) {
    boolean normalized = layout == Layout.LN2_SET;
    Map<String, RawTensor> tensors = new LinkedHashMap<>();
    tensors.put("W_enc", encoder(l, false, normalized));
    tensors.put("W_dec", decoder(l, l, l + 1, true));
    tensors.put("b_enc", bias(l));
    tensors.put("b_dec", RawTensor.ofFloats(new float[width], width));
    if (layout != Layout.TOP_K_SET) {
      tensors.put("activation_function.threshold", threshold());
    }
    if (!normalized) { // whose linear part would read something else
      tensors.put("W_skip", skip(l, false));
    }
    SafeTensorsWriter.writeRaw(folder.resolve("layer_" + l + ".safetensors"), tensors, Map.of());
  }

  private void clt(Path folder, int l) {
    Map<String, RawTensor> tensors = new LinkedHashMap<>();
    tensors.put("W_enc_" + l, encoder(l, false, false));
    tensors.put("b_enc_" + l, bias(l));
    tensors.put("threshold_" + l, threshold());
    tensors.put("W_skip_" + l, skip(l, false));
    SafeTensorsWriter.writeRaw(folder.resolve("W_enc_" + l + ".safetensors"), tensors, Map.of());
    SafeTensorsWriter.writeRaw(
        folder.resolve("W_dec_" + l + ".safetensors"),
        Map.of("W_dec_" + l, decoder(l, l, layers, false)),
        Map.of());
  }

  private void scope2(Path file, int l, RawTensor decoder) {
    Map<String, RawTensor> tensors = new LinkedHashMap<>();
    tensors.put("w_enc", encoder(l, true, false));
    tensors.put("w_dec", decoder);
    tensors.put("b_enc", bias(l));
    tensors.put("threshold", threshold());
    tensors.put("affine_skip_connection", skip(l, true));
    SafeTensorsWriter.writeRaw(file, tensors, Map.of());
  }

  private static void config(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"architecture": "jump_relu",
         "hf_hook_point_in": "model.layers.0.pre_feedforward_layernorm.output",
         "hf_hook_point_out": "model.layers.0.post_feedforward_layernorm.output"}
        """);
  }

  private void npz(Path folder, int l) throws IOException {
    Path own = folder.resolve("layer_%d/width_16k/average_l0_7".formatted(l));
    Files.createDirectories(own);
    Map<String, RawTensor> arrays = new LinkedHashMap<>();
    arrays.put("W_enc", encoder(l, true, true));
    arrays.put("W_dec", decoder(l, l, l + 1, true));
    arrays.put("b_enc", bias(l));
    arrays.put("threshold", threshold());
    boolean listed = folder.endsWith(LISTED); // then compressed
    Files.write(own.resolve("params.npz"), NpzWriter.npz(arrays, listed));
  }
}
