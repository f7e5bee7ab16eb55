package dev.piecrust.bench;

import java.util.function.Supplier;

/**
 * Runs a phase several times and keeps the best.
 *
 * @param repeats at least 1
 * @param rates of the machine, to compare with
 */
record Stopwatch(int repeats, Rates rates) {
  /** The result of the last run, with the best run's time. */
  record Timed<T>(T result, Phase phase) {}

  <T> Timed<T> time(String name, int prompts, Cost cost, Supplier<T> run) {
    T result = run.get(); // warms up
    double best = Double.MAX_VALUE;
    for (int i = 0; i < repeats; i++) {
      long from = System.nanoTime();
      result = run.get();
      best = Math.min(best, (System.nanoTime() - from) / 1e9);
    }
    double perPrompt = best / prompts;
    double gflops = cost.flops() / perPrompt / 1e9;
    return new Timed<>(
        result,
        new Phase(
            name,
            perPrompt,
            gflops,
            gflops / rates.best(),
            cost.alone() / perPrompt,
            cost.bytes() / 1e9));
  }
}
