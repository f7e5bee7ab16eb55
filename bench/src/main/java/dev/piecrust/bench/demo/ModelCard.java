package dev.piecrust.bench.demo;

import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.model.llama.LlamaConfig;
import dev.piecrust.task.IoiSentence;
import dev.piecrust.task.IoiWords;
import dev.piecrust.tensor.TensorRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes the model card: every figure in it is a setting of the training or was measured. */
final class ModelCard {
  private static final String TEMPLATE = "model-card.md";

  private ModelCard() {}

  static void write(
      TrainDemoOptions options, LlamaConfig config, int bos, DemoQuality quality, Path folder)
      throws IOException {
    Map<String, String> figures = new LinkedHashMap<>();
    language(figures);
    figures.put("bos", number(bos));
    model(figures, options, config);
    transcoder(figures, options);
    quality(figures, quality);
    String card = template();
    for (Map.Entry<String, String> figure : figures.entrySet()) {
      card = card.replace("{" + figure.getKey() + "}", figure.getValue());
    }
    Files.writeString(folder.resolve("README.md"), card);
  }

  private static void language(Map<String, String> figures) {
    figures.put("window", number(WindowStream.LENGTH));
    figures.put("templates", number(IoiSentence.TEMPLATES.size()));
    figures.put("names", number(IoiWords.NAMES.size()));
    figures.put("places", number(IoiWords.PLACES.size()));
    figures.put("objects", number(IoiWords.OBJECTS.size()));
    figures.put("held_out", number(HeldOutPrompts.COUNT));
    figures.put("held_out_seed", Long.toString(HeldOutPrompts.SEED));
  }

  private static void model(
      Map<String, String> figures, TrainDemoOptions options, LlamaConfig config) {
    ModelRecipe recipe = options.model();
    figures.put("vocabulary", number(config.vocabulary()));
    figures.put("layers", number(config.layers()));
    figures.put("width", number(config.width()));
    figures.put("heads", number(config.heads()));
    figures.put("kv_heads", number(config.keyValueHeads()));
    figures.put("inner", number(config.innerWidth()));
    figures.put("parameters", number(parameters(config)));
    figures.put("model_steps", number(recipe.steps()));
    figures.put("cycle_steps", number(recipe.cycleSteps()));
    figures.put("model_windows", number(recipe.windows()));
    figures.put("model_rate", Double.toString(recipe.peakRate()));
    figures.put("windows_seen", number(recipe.languageWindows()));
    figures.put("corpus", number(options.transcoder().windows()));
    figures.put("seed", Long.toString(options.seed()));
    figures.put("threads", number(TensorRuntime.threads()));
  }

  private static void transcoder(Map<String, String> figures, TrainDemoOptions options) {
    TrainSpec recipe = options.transcoder();
    figures.put("features", number(recipe.features().orElseThrow()));
    figures.put("active", number(recipe.l0()));
    figures.put("clt_steps", number(recipe.steps()));
    figures.put("clt_tokens", number(recipe.batch()));
    figures.put("clt_rate", Double.toString(recipe.learningRate()));
    figures.put("clt_seed", Long.toString(recipe.seed()));
    figures.put("clt_held_out", percent(recipe.heldOut()));
  }

  private static void quality(Map<String, String> figures, DemoQuality quality) {
    figures.put("ioi", percent(quality.ioiAccuracy()));
    figures.put("docstring", percent(quality.docstringAccuracy()));
    figures.put("prompts", number(quality.prompts()));
    figures.put("loss", decimal(quality.loss(), 3));
    figures.put("test_windows", number(quality.windows()));
  }

  private static long parameters(LlamaConfig c) {
    long attention = 2L * c.width() * c.headSize() * (c.heads() + c.keyValueHeads());
    long mlp = 3L * c.width() * c.innerWidth();
    long layers = c.layers() * (attention + mlp + 2L * c.width());
    return layers + 2L * c.vocabulary() * c.width() + c.width();
  }

  private static String template() throws IOException {
    try (InputStream in = ModelCard.class.getResourceAsStream(TEMPLATE)) {
      if (in == null) {
        throw new IllegalStateException(TEMPLATE + " is not in the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String percent(double share) {
    return decimal(100 * share, 1) + " %";
  }

  private static String decimal(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
