package dev.piecrust.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.piecrust.failure.PieCrustException;

/**
 * The numeric engine, started once a process: chooses the device (the first GPU, else the CPU) and
 * the number of threads.
 *
 * <p>One thread between operations, and within one as many as there are cores less one, which is
 * left to the rest of the program: two numeric threads beside another busy one fall apart. {@code
 * -Dpiecrust.threads=N} overrides the latter.
 */
public final class TensorRuntime {
  /** The system property that sets the threads within one operation. */
  public static final String THREADS = "piecrust.threads";

  private final Device device;

  private TensorRuntime(Device device) {
    this.device = device;
  }

  /** Starts the engine, or finds it started. */
  public static TensorRuntime start() {
    setIfAbsent("ai.djl.pytorch.num_interop_threads", "1");
    setIfAbsent("ai.djl.pytorch.num_threads", Integer.toString(threads()));
    Engine engine = Engine.getEngine("PyTorch");
    return new TensorRuntime(engine.getGpuCount() > 0 ? Device.gpu() : Device.cpu());
  }

  /** Threads within one operation. */
  public static int threads() {
    String text = System.getProperty(THREADS, "");
    if (text.isEmpty()) {
      return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    }
    if (!text.matches("[1-9][0-9]{0,3}")) {
      throw PieCrustException.user(
          "-D%s is '%s'; expected a number of threads from 1 to 9999", THREADS, text);
    }
    return Integer.parseInt(text);
  }

  /** Threads of loops in Java: as many as were asked for, else all cores. */
  public static int loopThreads() {
    return System.getProperty(THREADS, "").isEmpty()
        ? Runtime.getRuntime().availableProcessors()
        : threads();
  }

  private static void setIfAbsent(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  public Device device() {
    return device;
  }

  /** A root manager on the device; its owner closes it. */
  public NDManager newManager() {
    return NDManager.newBaseManager(device, "PyTorch");
  }
}
