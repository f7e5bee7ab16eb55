package dev.piecrust.view.train;

import java.util.List;
import java.util.Optional;

/**
 * How a training goes.
 *
 * @param steps in all
 * @param target active features of a token and layer that it is to have
 * @param secondsLeft of it, at the rate so far; absent before that is known, and at its end
 * @param points at its checkpoints, in their order: a hundred at most, the last one too
 */
public record TrainingView(
    int steps, int target, Optional<Long> secondsLeft, List<TrainingPoint> points) {
  public TrainingView {
    points = List.copyOf(points);
  }

  /** The newest; absent before the first checkpoint. */
  public Optional<TrainingPoint> last() {
    return points.isEmpty() ? Optional.empty() : Optional.of(points.get(points.size() - 1));
  }
}
