package dev.piecrust.activity;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a training is, and how it went since the last time that was told.
 *
 * @param step that was reached, from 1
 * @param steps in all
 * @param unexplained squared error over variance, in the mean of layers and steps
 * @param active features of a token and layer, likewise
 * @param dead share of the features that have not acted for a while, 0 to 1
 * @param tokensPerSecond that were trained on; absent where nothing was left to do
 * @param diverged why it cannot go on, if so
 * @param early whether it ends here, because it got no better for long enough
 * @param curve more of how it went, where that is kept
 */
public record TrainProgress(
    int step,
    int steps,
    double unexplained,
    double active,
    double dead,
    Optional<Double> tokensPerSecond,
    Optional<String> diverged,
    boolean early,
    Optional<Curve> curve) {
  private static final String DIVERGES = "the training diverges";

  /**
   * What charts show beside.
   *
   * @param loss that is made small, in the mean of steps
   * @param unexplained squared error over variance, an entry a layer
   * @param active features of a token, an entry a layer
   */
  public record Curve(double loss, List<Double> unexplained, List<Double> active) {
    public Curve {
      unexplained = List.copyOf(unexplained);
      active = List.copyOf(active);
    }
  }

  public TrainProgress {
    curve = Objects.requireNonNullElse(curve, Optional.empty()); // older ones know none
  }

  /** One that says no more than that. */
  public TrainProgress(
      int step,
      int steps,
      double unexplained,
      double active,
      double dead,
      Optional<Double> tokensPerSecond,
      Optional<String> diverged) {
    this(
        step, steps, unexplained, active, dead, tokensPerSecond, diverged, false, Optional.empty());
  }

  /**
   * One that cannot go on.
   *
   * @param how it shows, and what helps
   */
  public static TrainProgress diverged(int step, int steps, String how) {
    return new TrainProgress(
        step, steps, 0, 0, 0, Optional.empty(), Optional.of(DIVERGES + " " + how));
  }

  /** The same without what differs from run to run. */
  public TrainProgress withoutSpeed() {
    return new TrainProgress(
        step, steps, unexplained, active, dead, Optional.empty(), diverged, early, curve);
  }

  /** The same as a workflow is told it, whose history is bounded. */
  public TrainProgress withoutCurve() {
    return new TrainProgress(
        step, steps, unexplained, active, dead, tokensPerSecond, diverged, early, Optional.empty());
  }

  /** The same as the last of its training, or as one after which it goes on. */
  public TrainProgress ending(boolean here) {
    return new TrainProgress(
        step, steps, unexplained, active, dead, tokensPerSecond, diverged, here, curve);
  }

  /** Whether a campaign's message says that it paused because its training diverges. */
  public static boolean saysDiverged(String message) {
    return message.startsWith(DIVERGES);
  }

  /** It as a line for people. */
  public String sentence() {
    return diverged.orElseGet(
        () ->
            String.format(
                Locale.ROOT,
                "step %,d of %,d: unexplained %.2f %%, %.1f active, %.1f %% dead%s%s",
                step,
                steps,
                100 * unexplained,
                active,
                100 * dead,
                tokensPerSecond
                    .map(speed -> String.format(Locale.ROOT, ", %,.0f tokens/s", speed))
                    .orElse(""),
                early ? "; no better for long enough, so it ends here" : ""));
  }
}
