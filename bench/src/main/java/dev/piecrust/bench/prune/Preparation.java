package dev.piecrust.bench.prune;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What is done once before the prompts: said when it begins, and timed. */
final class Preparation {
  private final MemoryWatch memory;
  private final Consumer<String> progress;
  private final List<Phase> phases = new ArrayList<>();

  Preparation(MemoryWatch memory, Consumer<String> progress) {
    this.memory = memory;
    this.progress = progress;
  }

  /**
   * Does one step.
   *
   * @param bytes that it reads from files or writes to them
   */
  <T> T step(String name, long bytes, Supplier<T> work) {
    progress.accept(name);
    memory.lap();
    long from = System.nanoTime();
    T result = work.get();
    double seconds = (System.nanoTime() - from) / 1e9;
    phases.add(new Phase(name, seconds, 0, 0, 0, bytes / 1e9, memory.lap()));
    return result;
  }

  /** The same where there is no result. */
  void step(String name, long bytes, Runnable work) {
    step(
        name,
        bytes,
        () -> {
          work.run();
          return bytes;
        });
  }

  List<Phase> phases() {
    return phases;
  }
}
