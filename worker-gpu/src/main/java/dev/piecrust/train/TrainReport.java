package dev.piecrust.train;

import dev.piecrust.activity.TrainProgress;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.input.InputFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a training came to, as {@code training.json} in its folder.
 *
 * @param key of all that decides the weights
 * @param model its name
 * @param features a layer
 * @param spec it was trained by
 * @param progress at its last step
 * @param evaluation on held-out text
 */
public record TrainReport(
    String key,
    String model,
    int features,
    TrainSpec spec,
    TrainProgress progress,
    Evaluation evaluation) {
  private static final String FILE = "training.json";

  /** How good the transcoder is, in a sentence. */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "On held-out text it leaves %.2f %% unexplained at %.1f active features a token and layer;"
            + " in all MLPs' place it keeps %.1f %% of what they are good for (KL %.3f nats a token)%s.",
        100 * evaluation.unexplained(),
        evaluation.active(),
        100 * evaluation.replacement().recovered(),
        evaluation.replacement().kl(),
        evaluation.tasks().stream()
            .flatMap(
                task ->
                    task.kept().stream()
                        .map(
                            kept ->
                                String.format(
                                    Locale.ROOT,
                                    ", and %.1f %% of the logit difference of %s",
                                    100 * kept,
                                    task.name())))
            .collect(Collectors.joining()));
  }

  /** Writes the model card, and after it the file, which is there whole or not at all. */
  void write(Path folder) {
    WholeFile.write(folder.resolve("README.md"), new TrainCard(this).text());
    WholeFile.write(folder.resolve(FILE), Json.lines(this));
  }

  /** Reads the file, if it is there. */
  public static Optional<TrainReport> read(Path folder) {
    Path file = folder.resolve(FILE);
    return Files.isRegularFile(file)
        ? Optional.of(
            Json.read(
                new InputFile(file, file.toString(), "what a training came to")
                    .text(InputFile.SMALL),
                TrainReport.class,
                file.toString()))
        : Optional.empty();
  }
}
