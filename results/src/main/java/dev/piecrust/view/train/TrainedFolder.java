package dev.piecrust.view.train;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.input.InputFile;
import dev.piecrust.text.Decades;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;

/**
 * What a training wrote of a transcoder into its folder, as {@code training.json}: how well it does
 * on held-out text.
 *
 * @param model that it is of
 * @param evaluation as it lies there
 */
public record TrainedFolder(String model, JsonNode evaluation) {
  private static final String FILE = "training.json";

  /** Whether a training filled it. */
  public static boolean isOne(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE));
  }

  /** Reads it; empty where there is none, as of transcoders that were trained elsewhere. */
  public static Optional<TrainedFolder> read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!isOne(folder)) {
      return Optional.empty();
    }
    String text =
        new InputFile(file, file.toString(), "what a training came to").text(InputFile.SMALL);
    JsonNode read = Json.read(text, JsonNode.class, file.toString());
    return Optional.of(new TrainedFolder(read.path("model").asText(), read.path("evaluation")));
  }

  /**
   * A layer on held-out text.
   *
   * @param unexplained share of the variance of what its MLP writes
   * @param active features of a token
   * @param dead share of the features that never act
   */
  public record Layer(double unexplained, double active, double dead) {}

  /**
   * Features that act about as often as one another.
   *
   * @param share of the tokens, in words
   * @param part of all features, 0 to 1
   */
  public record Density(String share, long features, double part) {}

  /**
   * A task with all MLPs replaced.
   *
   * @param difference by how much the right answer's logit is above the wrong one's in the model
   *     itself, in the mean of prompts
   * @param replaced likewise with the MLPs replaced
   * @param accuracy share of the prompts at which it is above
   * @param replacedAccuracy likewise with the MLPs replaced
   */
  public record Task(
      String name,
      int prompts,
      double difference,
      double replaced,
      double accuracy,
      double replacedAccuracy) {
    /** Share of the logit difference that is kept, where the model has one. */
    public OptionalDouble kept() {
      return difference > 0 ? of(replaced / difference) : OptionalDouble.empty();
    }
  }

  /** The layers, from the first on. */
  public List<Layer> layers() {
    return StreamSupport.stream(evaluation.path("layers").spliterator(), false)
        .map(
            layer ->
                new Layer(
                    layer.path("unexplained").asDouble(Double.NaN),
                    layer.path("active").asDouble(Double.NaN),
                    layer.path("dead").asDouble(Double.NaN)))
        .toList();
  }

  /** How many features act how often, from those that never do on. */
  public List<Density> densities() {
    JsonNode counts = evaluation.path("densities");
    long all = StreamSupport.stream(counts.spliterator(), false).mapToLong(JsonNode::asLong).sum();
    List<Density> densities = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      long features = counts.get(i).asLong();
      String share = Decades.label(i, counts.size());
      densities.add(new Density(share, features, all == 0 ? 0 : (double) features / all));
    }
    return densities;
  }

  /** Mean norm of what a feature writes, by how many layers ahead it does. */
  public List<Double> decoderNorms() {
    return StreamSupport.stream(evaluation.path("decoderNorms").spliterator(), false)
        .map(norm -> norm.asDouble(Double.NaN))
        .toList();
  }

  /** What is left of each task where all MLPs are replaced; none where the training had none. */
  public List<Task> tasks() {
    return StreamSupport.stream(evaluation.path("tasks").spliterator(), false)
        .map(
            task ->
                new Task(
                    task.path("name").asText(),
                    task.path("prompts").asInt(),
                    task.path("difference").asDouble(Double.NaN),
                    task.path("replaced").asDouble(Double.NaN),
                    task.path("accuracy").asDouble(Double.NaN),
                    task.path("replacedAccuracy").asDouble(Double.NaN)))
        .toList();
  }

  /** Windows of text that its layers were measured on. */
  public int windows() {
    return evaluation.path("windows").asInt();
  }

  /** Windows that the model with all MLPs replaced read. */
  public int replacedWindows() {
    return evaluation.at("/replacement/windows").asInt();
  }

  /**
   * The mean of layers.
   *
   * @param figure {@code unexplained}, {@code active} or {@code dead}
   */
  public OptionalDouble layers(String figure) {
    return StreamSupport.stream(evaluation.path("layers").spliterator(), false)
        .mapToDouble(layer -> layer.path(figure).asDouble(Double.NaN))
        .average();
  }

  /** Share of what the MLPs are good for that is kept where all are replaced. */
  public OptionalDouble recovered() {
    double loss = replacement("loss");
    double without = replacement("without");
    return of((without - replacement("replaced")) / (without - loss));
  }

  /** KL of what the model says then, nats a token. */
  public OptionalDouble kl() {
    return of(replacement("kl"));
  }

  private double replacement(String figure) {
    return evaluation.path("replacement").path(figure).asDouble(Double.NaN);
  }

  private static OptionalDouble of(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
