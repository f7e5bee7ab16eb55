package dev.piecrust.workers;

/** Whether the JVM that runs the program has threads that cost next to nothing while they wait. */
final class VirtualThreads {
  private static final int THERE_SINCE = 21;

  /**
   * Before it, one that waits inside {@code synchronized} keeps the CPU's own thread, and libraries
   * do that: as many of them as there are CPUs stop all others.
   */
  private static final int FREE_IN_MONITORS_SINCE = 24;

  private VirtualThreads() {}

  /** For code that waits in no monitor, as plans do. */
  static boolean areThere() {
    return Runtime.version().feature() >= THERE_SINCE;
  }

  /** For code that may wait anywhere. */
  static boolean mayBlock() {
    return Runtime.version().feature() >= FREE_IN_MONITORS_SINCE;
  }
}
