package dev.piecrust.bench.circuits;

import dev.piecrust.prune.PromptRun;
import java.util.List;
import java.util.function.BiConsumer;

/** Opens prompts of a task one after the other, as far as memory goes. */
@FunctionalInterface
interface PromptSource {
  /**
   * Hands over each of the prompts, in their order; a run is closed when its turn is over.
   *
   * @param prompts indices within the task, ascending
   */
  void forEach(List<Integer> prompts, BiConsumer<Integer, PromptRun> work);
}
