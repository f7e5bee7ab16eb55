package dev.piecrust.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A published transcoder, as far as an estimate reads it: its config and its tensors' shapes.
 *
 * @param repository at the hub, with the revision where it is not the usual one
 * @param crossLayer whether features write to all later layers too
 * @param features of each layer
 */
public record PublishedTranscoder(
    String repository, boolean crossLayer, PublishedModel model, int features) {
  static final PublishedTranscoder LLAMA =
      new PublishedTranscoder("mntss/clt-llama-3.2-1b-524k", true, PublishedModel.LLAMA, 32_768);
  static final PublishedTranscoder GEMMA =
      new PublishedTranscoder("mntss/clt-gemma-2-2b-426k", true, PublishedModel.GEMMA, 16_384);
  static final PublishedTranscoder PER_LAYER =
      new PublishedTranscoder(
          "mntss/transcoder-Llama-3.2-1B@no-skip-sp20", false, PublishedModel.LLAMA, 131_072);

  /** Its config was not seen: that it reads the MLP's input is what its authors' loader does. */
  static final PublishedTranscoder QWEN =
      new PublishedTranscoder(
          "bluelightai/clt-qwen3-0.6b-base-20k", true, PublishedModel.QWEN, 20_480);

  /** Neither was seen: names, shapes and hooks are those of public code that loads them. */
  static final PublishedTranscoder QWEN_4B =
      new PublishedTranscoder(
          "mwhanna/qwen3-4b-transcoders", false, PublishedModel.QWEN_4B, 163_840);

  /** Its number of features a layer is 262,144 through all layers, to a multiple of 16. */
  static final PublishedTranscoder GEMMA_SCOPE_2 =
      new PublishedTranscoder(
          "google/gemma-scope-2-270m-pt//clt/width_262k_l0_medium_affine",
          true,
          PublishedModel.GEMMA_3,
          14_560);

  /** The same of 26 layers. */
  static final PublishedTranscoder GEMMA_SCOPE_2_1B =
      new PublishedTranscoder(
          "google/gemma-scope-2-1b-pt//clt/width_262k_l0_medium_affine",
          true,
          PublishedModel.GEMMA_3_1B,
          10_080);

  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    if (model.family() == PublishedModel.Family.GEMMA3) {
      gemmaScope2(folder);
      return;
    }
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        model_kind: %s
        feature_input_hook: %s
        feature_output_hook: hook_mlp_out
        """
            .formatted(
                crossLayer ? "cross_layer_transcoder" : "transcoder_set",
                model.family() == PublishedModel.Family.QWEN3 ? "mlp.hook_in" : "hook_resid_mid"));
    for (int l = 0; l < model.layers(); l++) {
      if (crossLayer) {
        crossLayer(folder, l);
      } else {
        perLayer(folder, l);
      }
    }
  }

  private void crossLayer(Path folder, int l) {
    HeaderOnly.bf16()
        .tensor("W_enc_" + l, features, model.width())
        .tensor("b_enc_" + l, features)
        .tensor("b_dec_" + l, model.width())
        .write(folder.resolve("W_enc_" + l + ".safetensors"));
    HeaderOnly.bf16()
        .tensor("W_dec_" + l, features, model.layers() - l, model.width())
        .write(folder.resolve("W_dec_" + l + ".safetensors"));
  }

  private void gemmaScope2(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"architecture": "jump_relu",
         "hf_hook_point_in": "model.layers.0.pre_feedforward_layernorm.output",
         "hf_hook_point_out": "model.layers.0.post_feedforward_layernorm.output"}
        """);
    for (int l = 0; l < model.layers(); l++) {
      HeaderOnly.f32()
          .tensor("w_enc", model.width(), features)
          .tensor("w_dec", features, model.layers(), model.width())
          .tensor("b_enc", features)
          .tensor("b_dec", model.width())
          .tensor("threshold", features)
          .tensor("affine_skip_connection", model.width(), model.width())
          .write(folder.resolve("params_layer_" + l + ".safetensors"));
    }
  }

  private void perLayer(Path folder, int l) {
    HeaderOnly.bf16()
        .tensor("W_enc", features, model.width())
        .tensor("W_dec", features, model.width())
        .tensor("b_enc", features)
        .tensor("b_dec", model.width())
        .write(folder.resolve("layer_" + l + ".safetensors"));
  }
}
