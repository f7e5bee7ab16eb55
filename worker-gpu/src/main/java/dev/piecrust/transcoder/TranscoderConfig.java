package dev.piecrust.transcoder;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.input.InputFile;
import dev.piecrust.input.InputYaml;
import dev.piecrust.input.Quote;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code config.yaml} of a transcoder folder (docs/method.md §3).
 *
 * @param kind what features write to
 * @param modelName the model it was trained for, as its authors call it; empty where the file is
 *     silent
 * @param files of a transcoder set, the file of each layer where the config lists them; else empty
 */
public record TranscoderConfig(TranscoderKind kind, String modelName, List<String> files) {
  private static final String INPUT_HOOK = "hook_resid_mid";
  private static final String OUTPUT_HOOK = "hook_mlp_out";

  public TranscoderConfig {
    files = List.copyOf(files);
  }

  /** Reads and checks {@code config.yaml} in a transcoder's folder. */
  public static TranscoderConfig read(Path folder) {
    Path file = folder.resolve("config.yaml");
    if (!Files.isRegularFile(file)) {
      throw user("%s: there is no such file, expected the config.yaml of a transcoder", file);
    }
    String expected = "keys and values such as 'model_kind: transcoder_set'";
    String yaml = new InputFile(file, file.toString(), expected).text(InputFile.SMALL);
    Object found = new InputYaml(file.toString(), expected).load(yaml);
    if (!(found instanceof Map<?, ?> values)) {
      throw user(
          "%s: is %s, expected %s", file, found == null ? "empty" : Quote.value(found), expected);
    }
    TranscoderKind kind = kind(file, values.get("model_kind"));
    require(file, values, "feature_input_hook", INPUT_HOOK);
    require(file, values, "feature_output_hook", OUTPUT_HOOK);
    refuseTopK(file, values.get("activation"));
    Object name = values.get("model_name");
    return new TranscoderConfig(
        kind, name instanceof String text ? text : "", files(file, values.get("transcoders")));
  }

  private static TranscoderKind kind(Path file, @Nullable Object found) {
    return Optional.ofNullable(found)
        .filter(String.class::isInstance)
        .flatMap(label -> TranscoderKind.labelled(label.toString()))
        .orElseThrow(
            () ->
                user(
                    "%s: model_kind is %s, expected %s",
                    file, shown(found), TranscoderKind.labels()));
  }

  private static void require(Path file, Map<?, ?> values, String key, String expected) {
    Object found = values.get(key);
    // circuit-tracer writes hooks with or without the block's prefix.
    if (!(found instanceof String text) || !text.endsWith(expected)) {
      throw user("%s: %s is %s, expected %s", file, key, shown(found), expected);
    }
  }

  private static void refuseTopK(Path file, @Nullable Object activation) {
    if (activation != null
        && !(activation instanceof String text && text.matches("(?i)relu|jump_?relu"))) {
      throw user("%s: activation is %s, expected relu or jump_relu", file, shown(activation));
    }
  }

  private static List<String> files(Path file, @Nullable Object listed) {
    if (listed == null) {
      return List.of();
    }
    if (!(listed instanceof List<?> names)) {
      throw user("%s: transcoders is %s, expected a list of files", file, shown(listed));
    }
    for (Object name : names) {
      if (!(name instanceof String text) || !text.matches("[^/\\\\:]+\\.safetensors")) {
        throw user(
            "%s: transcoders names %s, expected the name of a .safetensors file in the same folder",
            file, shown(name));
      }
    }
    return names.stream().map(String::valueOf).toList();
  }

  /** Structures can be large: anchors make them so with few words. */
  private static String shown(@Nullable Object found) {
    return found instanceof String text ? Quote.of(text) : Quote.value(found);
  }
}
