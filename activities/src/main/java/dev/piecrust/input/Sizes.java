package dev.piecrust.input;

/** Limits in words. */
final class Sizes {
  private Sizes() {}

  static String readable(long bytes) {
    return bytes % (1 << 20) == 0 ? "%d MiB".formatted(bytes >> 20) : "%d bytes".formatted(bytes);
  }
}
