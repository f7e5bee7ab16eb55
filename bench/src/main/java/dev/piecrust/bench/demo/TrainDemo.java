package dev.piecrust.bench.demo;

import ai.djl.ndarray.NDManager;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.Models;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.model.Transformer;
import dev.piecrust.model.decoder.Decoder;
import dev.piecrust.model.decoder.DecoderWeights;
import dev.piecrust.model.llama.LlamaConfig;
import dev.piecrust.tensor.SafeTensorsWriter;
import dev.piecrust.tensor.TensorRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes the demo model again: {@code OUT/model} (a Hugging Face folder with its model card), {@code
 * OUT/clt} (docs/method.md §3) and {@code OUT/corpus.jsonl.gz}, the text that it was trained on.
 */
public final class TrainDemo {
  static final String NAME = "piecrust-demo";

  /** Model and transcoder are trained on different windows of the same seed. */
  private static final int MODEL_WINDOWS = 0;

  private static final int TRANSCODER_WINDOWS = 1;
  private static final int PURPOSES = 2;

  private final TrainDemoOptions options;
  private final Consumer<String> lines;

  private TrainDemo(TrainDemoOptions options, Consumer<String> lines) {
    this.options = options;
    this.lines = lines;
  }

  /**
   * Trains, measures and writes; the output folder appears whole or not at all.
   *
   * @param progressLine hears a line every few seconds, with the rate and the time left
   * @throws PieCrustException of category user when the output folder is there and not empty
   */
  public static void train(TrainDemoOptions options, Consumer<String> progressLine) {
    NewFolder out = NewFolder.at(options.out());
    try {
      new TrainDemo(options, progressLine).into(out.temporary());
      out.publish();
    } catch (IOException e) {
      throw PieCrustException.external(
          options.out() + ": the demo model cannot be written (" + e + ")", e);
    } finally {
      out.discard();
    }
    progressLine.accept("wrote " + options.out());
  }

  private void into(Path folder) throws IOException {
    Path model = Files.createDirectories(folder.resolve("model"));
    DemoVocabulary vocabulary = DemoVocabulary.ofTheLanguage();
    DemoTokenizerFiles.write(vocabulary, model);
    LlamaConfig config = options.model().config(vocabulary.size());
    DemoConfigFile.write(config, vocabulary.id(DemoVocabulary.BOS), model);
    try (NDManager manager = TensorRuntime.start().newManager()) {
      trainModel(manager, config, model);
      try (Transformer trained = Models.load(model, manager)) {
        trainTranscoder(manager, trained, folder.resolve("clt"));
      }
      writeCorpus(Tokenizer.load(model), folder.resolve("corpus.jsonl.gz"));
      lines.accept("measuring on held-out prompts and windows");
      DemoQuality quality = DemoEvaluation.measure(folder, manager);
      ModelCard.write(options, config, quality, model);
      lines.accept(quality.sentence());
    }
  }

  private void trainModel(NDManager manager, LlamaConfig config, Path folder) {
    Tokenizer tokenizer = Tokenizer.load(folder);
    WindowStream cycles = new WindowStream(DemoLanguage.cycles(), tokenizer, options.seed());
    WindowStream windows = stream(tokenizer, MODEL_WINDOWS);
    try (NDManager scope = manager.newSubManager()) {
      DecoderWeights weights = InitialWeights.draw(config, scope, options.seed());
      try (Decoder model =
          new Decoder(config.decoder(), weights, tokenizer, NAME, scope.newSubManager())) {
        new ModelTraining(options.model(), cycles, windows).train(scope, model, lines);
      }
      SafeTensorsWriter.write(
          folder.resolve("model.safetensors"), weights.byName(), Map.of("format", "pt"));
    }
  }

  private void trainTranscoder(NDManager manager, Transformer model, Path folder)
      throws IOException {
    WindowStream windows = stream(model.tokenizer(), TRANSCODER_WINDOWS);
    try (NDManager scope = manager.newSubManager()) {
      new CltTraining(
              scope, options.transcoder(), new MlpActivity(model, windows), options.seed() + 1)
          .train(scope, lines)
          .write(folder, NAME);
    }
  }

  private void writeCorpus(Tokenizer tokenizer, Path file) throws IOException {
    try (tokenizer) {
      Corpus.write(stream(tokenizer, MODEL_WINDOWS), options.corpusWindows(), file);
    }
  }

  /** Windows without the held-out prompts, the same each time for the same purpose. */
  private WindowStream stream(Tokenizer tokenizer, int purpose) {
    DemoLanguage language = DemoLanguage.without(new HeldOutPrompts(tokenizer));
    return new WindowStream(language, tokenizer, options.seed() * PURPOSES + purpose);
  }
}
