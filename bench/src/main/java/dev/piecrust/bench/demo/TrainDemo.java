package dev.piecrust.bench.demo;

import ai.djl.ndarray.NDManager;
import dev.piecrust.activity.TrainProgress;
import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.Models;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.model.Transformer;
import dev.piecrust.model.decoder.Decoder;
import dev.piecrust.model.decoder.DecoderWeights;
import dev.piecrust.model.llama.LlamaConfig;
import dev.piecrust.tensor.SafeTensorsWriter;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.train.TrainReport;
import dev.piecrust.train.Training;
import dev.piecrust.train.TrainingText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes the demo model again: {@code OUT/model} (a Hugging Face folder with its model card), {@code
 * OUT/corpus.jsonl.gz}, text that it was trained on, and {@code OUT/clt}, a transcoder that {@link
 * Training} makes of the two, as it does of any model and corpus.
 */
public final class TrainDemo {
  static final String NAME = "piecrust-demo";

  /** Keeps the language's seeds apart from those of the words that are said again and again. */
  private static final int STREAMS = 2;

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
    int bos = vocabulary.id(DemoVocabulary.BOS);
    DemoConfigFile.write(config, bos, model);
    try (NDManager manager = TensorRuntime.start().newManager()) {
      trainModel(manager, config, model);
      writeCorpus(Tokenizer.load(model), folder.resolve(options.transcoder().corpus()));
      try (Transformer trained = Models.load(model, manager)) {
        TrainReport transcoder = trainTranscoder(manager, trained, folder);
        lines.accept("measuring on held-out prompts and windows");
        DemoQuality quality = DemoEvaluation.measure(trained, manager);
        ModelCard.write(options, config, bos, quality, model);
        lines.accept(quality.sentence());
        lines.accept(transcoder.sentence());
      }
    }
  }

  private void trainModel(NDManager manager, LlamaConfig config, Path folder) {
    Tokenizer tokenizer = Tokenizer.load(folder);
    WindowStream cycles = new WindowStream(DemoLanguage.cycles(), tokenizer, options.seed());
    WindowStream windows = stream(tokenizer);
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

  private TrainReport trainTranscoder(NDManager manager, Transformer model, Path folder) {
    TrainSpec recipe = options.transcoder();
    TrainingText text = TrainingText.read(recipe, folder.resolve(recipe.corpus()), model);
    StepProgress progress = new StepProgress("transcoder", recipe.steps(), lines);
    try (Training training = Training.open(recipe, model, text, folder.resolve("clt"), manager)) {
      for (int part = 0; part < recipe.parts(); part++) {
        TrainProgress reached = training.until(recipe.end(part), line -> {});
        if (reached.diverged().isPresent()) {
          throw PieCrustException.user("%s", reached.sentence());
        }
        progress.done(reached.step(), "unexplained", reached.unexplained());
      }
      return training.finish(NAME, Map.of(), line -> {});
    }
  }

  private void writeCorpus(Tokenizer tokenizer, Path file) throws IOException {
    try (tokenizer) {
      Corpus.write(stream(tokenizer), options.transcoder().windows(), file);
    }
  }

  /** Windows without the held-out prompts, the same each time. */
  private WindowStream stream(Tokenizer tokenizer) {
    DemoLanguage language = DemoLanguage.without(new HeldOutPrompts(tokenizer));
    return new WindowStream(language, tokenizer, STREAMS * options.seed());
  }
}
