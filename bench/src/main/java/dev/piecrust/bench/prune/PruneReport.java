package dev.piecrust.bench.prune;

import dev.piecrust.model.MatmulRate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What {@link PruneBench} measured.
 *
 * @param published whose names, files and config were written
 * @param part sizes that are not the published ones; empty where all are
 * @param shape the numbers of the shape
 * @param java version of the Java machine
 * @param threads of the engine within one operation
 * @param loopThreads of loops in Java
 * @param products this machine's matrix products
 * @param bestGflops the best of them
 * @param mappedGigabytesPerSecond this machine's rate of reading a mapped file, on one thread
 * @param plainGigabytesPerSecond the same with read calls
 * @param loading what is written and loaded once, not per prompt
 * @param phases per prompt
 * @param occurrences per prompt
 * @param decoderRows per prompt, one for each layer that an occurrence writes to
 * @param core the marker: seconds per prompt for selecting, aligning, scoring and building all
 *     patches
 * @param adjoint seconds per prompt of the pass backwards that scores need, which {@code core}
 *     leaves out as it does the other passes
 * @param coreInForwards the adjoint, scoring and the all-removed patch, in clean passes of the same
 *     prompts
 * @param klLast mean KL divergence at the last position by budget, in nats: a check that numbers
 *     are numbers, since random features mean nothing
 * @param rerank of one prompt
 * @param memory in bytes
 */
public record PruneReport(
    String published,
    List<String> part,
    Map<String, Integer> shape,
    String java,
    int threads,
    int loopThreads,
    List<MatmulRate> products,
    double bestGflops,
    double mappedGigabytesPerSecond,
    double plainGigabytesPerSecond,
    List<Phase> loading,
    List<Phase> phases,
    int occurrences,
    int decoderRows,
    double core,
    double adjoint,
    double coreInForwards,
    SortedMap<Integer, Double> klLast,
    Rerank rerank,
    Memory memory) {

  /**
   * Memory in bytes.
   *
   * @param estimated before the run
   * @param measured the process's own memory at its peak; 0 where the system does not tell
   * @param ratio estimated over measured, minus 1
   * @param mappedPages mapped file pages at their peak
   */
  public record Memory(long estimated, long measured, double ratio, long mappedPages) {}

  public PruneReport {
    part = List.copyOf(part);
    products = List.copyOf(products);
    loading = List.copyOf(loading);
    phases = List.copyOf(phases);
  }
}
