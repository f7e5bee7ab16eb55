package dev.piecrust.bench.demo;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells now and then how far a training has come, how fast it goes and how long it still takes. */
final class StepProgress {
  private static final long EVERY = Duration.ofSeconds(5).toNanos();

  private final String what;
  private final int steps;
  private final Consumer<String> lines;
  private final long start = System.nanoTime();
  private long told;

  StepProgress(String what, int steps, Consumer<String> lines) {
    this.what = what;
    this.steps = steps;
    this.lines = lines;
    this.told = start;
  }

  /** After a step, counted from 1, with a figure that says how well it goes. */
  void done(int step, String figure, double value) {
    long now = System.nanoTime();
    if (now - told < EVERY && step < steps) {
      return;
    }
    told = now;
    double rate = step / ((now - start) / 1e9);
    long left = Math.round((steps - step) / rate);
    lines.accept(
        String.format(
            Locale.ROOT,
            "%s  %d/%d steps  %s %.3f  %.1f steps/s  %d:%02d left",
            what,
            step,
            steps,
            figure,
            value,
            rate,
            left / 60,
            left % 60));
  }
}
