package dev.piecrust.bench.prune;

import java.util.function.Supplier;

/**
 * Runs a phase several times, after a run that warms up, and keeps the best; or just once.
 *
 * @param repeats at least 1, which is for once and cold
 * @param rates of the machine, to compare with
 * @param memory of the process
 */
record Stopwatch(int repeats, Rates rates, MemoryWatch memory) {
  /** The result of the last run, with the best run's time. */
  record Timed<T>(T result, Phase phase) {}

  <T> Timed<T> time(String name, int prompts, Cost cost, Supplier<T> run) {
    memory.lap();
    double best = Double.MAX_VALUE;
    T result;
    int left = repeats == 1 ? 1 : repeats + 1;
    do {
      long from = System.nanoTime();
      result = run.get();
      best = left > repeats ? best : Math.min(best, (System.nanoTime() - from) / 1e9);
    } while (--left > 0);
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
            cost.bytes() / 1e9,
            memory.lap()));
  }
}
