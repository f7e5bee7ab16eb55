package dev.piecrust.transcoder;

import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.InputHook;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SAELens: the config names the hooks, {@code blocks.L.…}, and through them the layer. */
final class SaeLens {
  private static final List<String> ARCHITECTURES =
      List.of("transcoder", "skip_transcoder", "jumprelu_transcoder", "jumprelu_skip_transcoder");
  private static final Pattern BLOCK = Pattern.compile("blocks\\.([0-9]+)\\.(.+)");

  private SaeLens() {}

  static OneFolderEach.Layer layer(Path own, ConfigFile config) {
    if (!ARCHITECTURES.contains(config.text("architecture", ""))) {
      throw config.wrong("architecture", "one of " + String.join(", ", ARCHITECTURES));
    }
    if (!config.text("normalize_activations", "none").equals("none")) {
      throw config.wrong("normalize_activations", "\"none\"");
    }
    if (config.flag("apply_b_dec_to_input", false)) {
      throw config.wrong("apply_b_dec_to_input", "false, as transcoders have it");
    }
    ConfigFile hooks = config.object("metadata").orElse(config);
    Matcher in = BLOCK.matcher(hooks.text("hook_name", ""));
    if (!in.matches() || InputHook.labelled(in.group(2)).isEmpty()) {
      throw hooks.wrong("hook_name", "blocks.L. and one of " + InputHook.labels());
    }
    Matcher out = BLOCK.matcher(hooks.text("hook_name_out", ""));
    boolean same = out.matches() && out.group(1).equals(in.group(1));
    if (!same || !TranscoderConfig.OUTPUT_HOOKS.contains(out.group(2))) {
      throw hooks.wrong(
          "hook_name_out",
          "blocks.%s. and %s"
              .formatted(in.group(1), String.join(" or ", TranscoderConfig.OUTPUT_HOOKS)));
    }
    return new OneFolderEach.Layer(
        in.group(1), InputHook.labelled(in.group(2)).orElseThrow(), OptionalInt.empty());
  }
}
