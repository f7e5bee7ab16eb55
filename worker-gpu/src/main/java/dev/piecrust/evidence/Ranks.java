package dev.piecrust.evidence;

import dev.piecrust.feature.Stratum;
import java.util.List;

/** Which ranks make a stratum; the window of the highest activation has rank 0. */
final class Ranks {
  /** The strata that percentiles make, from the highest. */
  static final List<Stratum> LOWER =
      List.of(Stratum.HIGHEST, Stratum.HIGH, Stratum.MIDDLE, Stratum.LOW);

  private Ranks() {}

  /** The first rank of a stratum among so many windows. */
  static int from(Stratum stratum, int windows) {
    return switch (stratum) {
      case TOP, HIGHEST -> 0;
      case HIGH -> share(0.05, windows);
      case MIDDLE -> share(0.25, windows);
      case LOW -> share(0.5, windows);
    };
  }

  /** One past its last. */
  static int to(Stratum stratum, int windows) {
    return switch (stratum) {
      case TOP, LOW -> windows;
      case HIGHEST -> share(0.05, windows);
      case HIGH -> share(0.25, windows);
      case MIDDLE -> share(0.5, windows);
    };
  }

  private static int share(double share, int windows) {
    return (int) Math.round(share * windows);
  }
}
