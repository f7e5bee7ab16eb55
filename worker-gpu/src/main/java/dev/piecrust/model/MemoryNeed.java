package dev.piecrust.model;

import ai.djl.Device;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.tensor.DeviceChoice;
import java.nio.file.Path;
import java.util.Locale;

/** The check that a model's weights fit, made before the first of them is loaded. */
public final class MemoryNeed {
  /** Weights are held in f32. */
  private static final int BYTES_PER_WEIGHT = 4;

  /** A tenth, and 64 MiB, for what passes need beside the weights. */
  private static final long MARGIN = 64L << 20;

  private MemoryNeed() {}

  /** Bytes that a model of so many parameters is taken to need. */
  public static long bytes(long parameters) {
    long weights = Math.multiplyExact(parameters, BYTES_PER_WEIGHT);
    return weights + weights / 10 + MARGIN;
  }

  /** Refuses, with the numbers, what would not fit. */
  public static void check(Path folder, long parameters, Device device, FreeMemory memory) {
    long needed = bytes(parameters);
    long free = memory.bytes(device);
    if (needed > free) {
      throw PieCrustException.resources(
          "%s: %s parameters in f32 need %s of memory with a margin, and %s has %s free",
          folder,
          String.format(Locale.ROOT, "%,d", parameters),
          readable(needed),
          DeviceChoice.name(device),
          readable(free));
    }
  }

  private static String readable(long bytes) {
    return bytes >= 1L << 30
        ? String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30))
        : String.format(Locale.ROOT, "%.0f MiB", bytes / (double) (1L << 20));
  }
}
