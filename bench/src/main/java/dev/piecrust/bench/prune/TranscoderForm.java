package dev.piecrust.bench.prune;

import dev.piecrust.model.InputHook;
import dev.piecrust.tensor.DType;
import java.util.List;
import java.util.Map;

/** The names, files and config in which a transcoder is published. */
enum TranscoderForm {
  /** circuit-tracer's cross-layer one, ReLU features that read the stream. */
  CROSS_LAYER_RELU(InputHook.RESID_MID) {
    @Override
    Map<String, List<RandomTensor>> layer(BenchShape shape, int l, double threshold) {
      long f = shape.features();
      return crossLayer(
          shape,
          l,
          List.of(
              rows(shape, "W_enc_" + l),
              RandomTensor.constant("b_enc_" + l, -threshold, f),
              RandomTensor.constant("b_dec_" + l, 0, shape.width())));
    }

    @Override
    String config(BenchShape shape) {
      return circuitTracer(shape, "cross_layer_transcoder", "hook_mlp_out");
    }
  },
  /** circuit-tracer's cross-layer one, JumpReLU features that read the MLP's input. */
  CROSS_LAYER_JUMP_RELU(InputHook.MLP_IN) {
    @Override
    Map<String, List<RandomTensor>> layer(BenchShape shape, int l, double threshold) {
      long f = shape.features();
      return crossLayer(
          shape,
          l,
          List.of(
              rows(shape, "W_enc_" + l),
              RandomTensor.constant("b_enc_" + l, 0, f),
              RandomTensor.constant("b_dec_" + l, 0, shape.width()),
              RandomTensor.constant("threshold_" + l, threshold, f)));
    }

    @Override
    String config(BenchShape shape) {
      return circuitTracer(shape, "cross_layer_transcoder", "mlp.hook_out");
    }
  },
  /** Gemma Scope 2's cross-layer one with a linear part, in f32. */
  GEMMA_SCOPE_2(InputHook.MLP_IN) {
    @Override
    Map<String, List<RandomTensor>> layer(BenchShape shape, int l, double threshold) {
      long d = shape.width();
      long f = shape.features();
      RandomTensor decoder =
          RandomTensor.normal("w_dec", shape.unitRow(), f, shape.layers(), d)
              .withHole(l * d); // rows of the layers before its own, which nothing is written to
      return Map.of(
          "params_layer_" + l + ".safetensors",
          List.of(
              RandomTensor.normal("affine_skip_connection", shape.unitRow() / 2, d, d),
              RandomTensor.constant("b_dec", 0, d),
              RandomTensor.constant("b_enc", 0, f),
              RandomTensor.constant("threshold", threshold, f),
              decoder,
              RandomTensor.normal("w_enc", shape.unitRow(), d, f)));
    }

    @Override
    DType dtype(BenchShape shape) {
      return DType.F32;
    }

    @Override
    int linearLayers(BenchShape shape) {
      return shape.layers();
    }

    @Override
    String configName() {
      return "config.json";
    }

    @Override
    String config(BenchShape shape) {
      return """
      {
        "affine_connection": true,
        "architecture": "jump_relu",
        "hf_hook_point_in": "model.layers.{L}.pre_feedforward_layernorm.output",
        "hf_hook_point_out": "model.layers.{L}.post_feedforward_layernorm.output",
        "l0": %d,
        "model_name": "%s",
        "type": "crosscoder",
        "width": %d
      }
      """
          .formatted(
              most(shape) * shape.layers(),
              shape.published().reference(),
              shape.features() * shape.layers());
    }
  },
  /** circuit-tracer's set of one a layer, TopK features that read the MLP's input. */
  PER_LAYER_TOP_K(InputHook.MLP_IN) {
    @Override
    Map<String, List<RandomTensor>> layer(BenchShape shape, int l, double threshold) {
      return Map.of(
          "layer_" + l + ".safetensors",
          List.of(
              rows(shape, "W_dec"),
              rows(shape, "W_enc"),
              RandomTensor.constant("b_dec", 0, shape.width()),
              RandomTensor.constant("b_enc", 0, shape.features())));
    }

    @Override
    String config(BenchShape shape) {
      return circuitTracer(shape, "transcoder_set", "mlp.hook_out")
          + "activation: topk\nk: %d\n".formatted(most(shape));
    }
  };

  private final InputHook hook;

  TranscoderForm(InputHook hook) {
    this.hook = hook;
  }

  /** Where the encoders read. */
  InputHook hook() {
    return hook;
  }

  /**
   * The files of one layer, by their names.
   *
   * @param threshold what a feature's product must exceed for it to be active; by TopK it decides
   *     nothing
   */
  abstract Map<String, List<RandomTensor>> layer(BenchShape shape, int l, double threshold);

  /** Of its tensors. */
  DType dtype(BenchShape shape) {
    return shape.dtype();
  }

  /** How many layers have a linear part, [d, d]. */
  int linearLayers(BenchShape shape) {
    return 0;
  }

  String configName() {
    return "config.yaml";
  }

  abstract String config(BenchShape shape);

  private static RandomTensor rows(BenchShape shape, String name) {
    return RandomTensor.normal(name, shape.unitRow(), shape.features(), shape.width());
  }

  /** Active features of a token and layer, of one run alone. */
  private static int most(BenchShape shape) {
    return Math.max(1, shape.active() / 2);
  }

  private static Map<String, List<RandomTensor>> crossLayer(
      BenchShape shape, int l, List<RandomTensor> encoder) {
    RandomTensor decoder =
        RandomTensor.normal(
            "W_dec_" + l, shape.unitRow(), shape.features(), shape.layers() - l, shape.width());
    return Map.of(
        "W_enc_" + l + ".safetensors", encoder, "W_dec_" + l + ".safetensors", List.of(decoder));
  }

  String circuitTracer(BenchShape shape, String kind, String output) {
    return """
    model_name: %s
    model_kind: %s
    feature_input_hook: %s
    feature_output_hook: %s
    """
        .formatted(shape.published().reference(), kind, hook.label(), output);
  }
}
