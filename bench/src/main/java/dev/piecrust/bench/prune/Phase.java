package dev.piecrust.bench.prune;

/**
 * One part of the work, as measured.
 *
 * @param name what is done
 * @param seconds per prompt, the best of the repetitions
 * @param gflops 10⁹ floating-point operations a second of its matrix products; 0 where it has none
 *     to speak of
 * @param share of the rate of this machine's best matrix product; 0 likewise
 * @param ownShare of the rate that its own matrix products reach when they run alone; 0 where they
 *     were not measured
 * @param gigabytes read from files per prompt, or written to them
 * @param memory the most of its own that the process held meanwhile, in bytes; 0 where the system
 *     does not tell
 */
public record Phase(
    String name,
    double seconds,
    double gflops,
    double share,
    double ownShare,
    double gigabytes,
    long memory) {
  /** 10⁹ bytes a second. */
  double gigabytesPerSecond() {
    return gigabytes / seconds;
  }
}
