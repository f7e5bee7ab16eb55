package dev.piecrust.view.train;

import dev.piecrust.activity.TrainProgress;
import dev.piecrust.activity.TrainProgress.Curve;
import java.util.List;
import java.util.Optional;

/**
 * How a training went in the steps up to one of its checkpoints.
 *
 * @param unexplained squared error over variance, in the mean of layers
 * @param active features of a token and layer, likewise
 * @param dead share of the features that have not acted for a while, 0 to 1
 * @param loss that is made small; absent where an earlier release trained
 * @param tokensPerSecond that were trained on; absent where nothing was left to do
 * @param layerUnexplained an entry a layer; empty where an earlier release trained
 * @param layerActive likewise
 */
public record TrainingPoint(
    int step,
    double unexplained,
    double active,
    double dead,
    Optional<Double> loss,
    Optional<Double> tokensPerSecond,
    List<Double> layerUnexplained,
    List<Double> layerActive) {
  public TrainingPoint {
    layerUnexplained = List.copyOf(layerUnexplained);
    layerActive = List.copyOf(layerActive);
  }

  static TrainingPoint of(TrainProgress progress) {
    Optional<Curve> curve = progress.curve();
    return new TrainingPoint(
        progress.step(),
        progress.unexplained(),
        progress.active(),
        progress.dead(),
        curve.map(Curve::loss),
        progress.tokensPerSecond(),
        curve.map(Curve::unexplained).orElse(List.of()),
        curve.map(Curve::active).orElse(List.of()));
  }
}
