package dev.piecrust.train;

import dev.piecrust.activity.TrainProgress;
import dev.piecrust.campaign.TrainSpec;
import java.util.Arrays;
import java.util.Optional;

/** Sums over the steps of a part of a training. */
final class PartSums {
  private int steps;
  private double loss;
  private double[] unexplained = {};
  private double[] active = {};

  void add(Trainer.Figures figures) {
    if (steps == 0) {
      unexplained = new double[figures.unexplained().length];
      active = new double[figures.active().length];
    }
    for (int l = 0; l < unexplained.length; l++) {
      unexplained[l] += figures.unexplained()[l];
      active[l] += figures.active()[l];
    }
    loss += figures.loss();
    steps++;
  }

  /**
   * In the mean.
   *
   * @param seconds that they took
   */
  TrainProgress progress(Trainer trainer, TrainSpec spec, double seconds) {
    return new TrainProgress(
        trainer.steps(),
        spec.steps(),
        Arrays.stream(unexplained).sum() / unexplained.length / steps,
        Arrays.stream(active).sum() / active.length / steps,
        trainer.deadShare(),
        Optional.of((double) spec.batch() * steps / seconds),
        Optional.empty(),
        false,
        Optional.of(
            new TrainProgress.Curve(
                loss / steps,
                Arrays.stream(unexplained).mapToObj(sum -> sum / steps).toList(),
                Arrays.stream(active).mapToObj(sum -> sum / steps).toList())));
  }
}
