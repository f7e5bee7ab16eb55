package dev.piecrust.transcoder;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The {@code config.yaml} of a transcoder folder (METHOD.md §3).
 *
 * @param modelName the model it was trained for, as its authors call it; empty where the file is
 *     silent
 */
public record TranscoderConfig(String modelName) {
  private static final String KIND = "cross_layer_transcoder";
  private static final String INPUT_HOOK = "hook_resid_mid";
  private static final String OUTPUT_HOOK = "hook_mlp_out";

  /** Reads and checks {@code config.yaml} in a transcoder's folder. */
  public static TranscoderConfig read(Path folder) {
    Path file = folder.resolve("config.yaml");
    if (!Files.isRegularFile(file)) {
      throw user("%s: not there; a transcoder folder holds a config.yaml", file);
    }
    try {
      Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
      if (!(root instanceof Map<?, ?> values)) {
        throw user("%s: expected keys and values such as 'model_kind: %s'", file, KIND);
      }
      require(file, values, "model_kind", KIND);
      require(file, values, "feature_input_hook", INPUT_HOOK);
      require(file, values, "feature_output_hook", OUTPUT_HOOK);
      Object name = values.get("model_name");
      return new TranscoderConfig(name == null ? "" : name.toString());
    } catch (YAMLException e) {
      throw user(
          "%s: is not YAML: %s",
          file, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw PieCrustException.external(file + ": cannot be read", e);
    }
  }

  private static void require(Path file, Map<?, ?> values, String key, String expected) {
    Object found = values.get(key);
    // circuit-tracer writes hooks with or without the block's prefix.
    if (found == null || !found.toString().endsWith(expected)) {
      throw user("%s: %s is %s, expected %s", file, key, String.valueOf(found), expected);
    }
  }
}
