package dev.piecrust.train;

import dev.piecrust.activity.TrainProgress;
import dev.piecrust.campaign.TrainSpec;

/**
 * How long a training has not become better. Checkpoints count once the learning rate has risen and
 * no more features act than should, but for a tenth: a penalty that rises leaves more unexplained.
 *
 * @param best unexplained of a checkpoint, the largest number before the first that counts
 * @param since checkpoints after it
 */
record Patience(double best, int since) {
  private static final double TOO_MANY = 1.1;

  /** Before the first checkpoint. */
  static final Patience FRESH = new Patience(Double.MAX_VALUE, 0);

  /** With one more checkpoint. */
  Patience after(TrainProgress reached, TrainSpec spec) {
    boolean counts =
        reached.step() > spec.warmUp() * spec.steps() && reached.active() <= TOO_MANY * spec.l0();
    if (!counts) {
      return this;
    }
    return reached.unexplained() < best
        ? new Patience(reached.unexplained(), 0)
        : new Patience(best, since + 1);
  }

  /** Whether it has become too long. */
  boolean isOver(TrainSpec spec) {
    return spec.patience().filter(most -> since >= most).isPresent();
  }
}
