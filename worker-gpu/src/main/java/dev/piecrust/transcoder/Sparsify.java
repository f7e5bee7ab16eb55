package dev.piecrust.transcoder;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.InputHook;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sparsify: a folder has the name of the MLP that is replaced, such as {@code layers.3.mlp}. */
final class Sparsify {
  private static final Pattern MLP = Pattern.compile("(?:.*\\.)?(?:layers|h)\\.([0-9]+)\\.mlp");

  private Sparsify() {}

  static OneFolderEach.Layer layer(Path own, ConfigFile config) {
    if (!config.text("activation", "topk").equals("topk")) {
      throw config.wrong("activation", "\"topk\"");
    }
    if (!config.flag("transcode", false)) {
      throw config.wrong("transcode", "true, since only transcoders are read");
    }
    Matcher name = MLP.matcher(String.valueOf(own.getFileName()));
    if (!name.matches()) {
      throw user("%s: has no layer in its name, expected one such as layers.3.mlp", own);
    }
    return new OneFolderEach.Layer(
        name.group(1), InputHook.MLP_IN, OptionalInt.of(config.positiveInt("k")));
  }
}
