package dev.piecrust.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.piecrust.failure.PieCrustException;
import java.util.List;
import java.util.Optional;

/**
 * The numeric engine, started once a process, on one of its devices ({@link DeviceChoice}), with a
 * number of threads.
 *
 * <p>One thread between operations, and within one as many as there are cores less one, which is
 * left to the rest of the program: two numeric threads beside another busy one fall apart. {@code
 * -Dpiecrust.threads=N} overrides the latter.
 */
public final class TensorRuntime {
  /** The system property that sets the threads within one operation. */
  public static final String THREADS = "piecrust.threads";

  /** The environment variable with which PyTorch is told to multiply in TF32 (1) or not (0). */
  public static final String TF32 = "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE";

  private static final String LIBRARY = "PYTORCH_LIBRARY_PATH";
  private static final String BUNDLED = "native/lib/pytorch.properties";

  private final Device device;

  private TensorRuntime(Device device) {
    this.device = device;
  }

  /** Starts the engine, or finds it started, on the first of the process's devices. */
  public static TensorRuntime start() {
    return all().get(0);
  }

  /** The same on each device of the process. */
  public static List<TensorRuntime> all() {
    return all(Optional.ofNullable(System.getenv(DeviceChoice.VARIABLE)).orElse(DeviceChoice.AUTO));
  }

  /** The same on each device of a wish, as {@link DeviceChoice#of} reads it. */
  public static List<TensorRuntime> all(String wish) {
    setIfAbsent("ai.djl.pytorch.num_interop_threads", "1");
    setIfAbsent(
        "ai.djl.pytorch.num_threads", Integer.toString(threads(DeviceChoice.cpuHosts(wish))));
    requireLibrary();
    Engine engine = Engine.getEngine("PyTorch");
    return DeviceChoice.of(wish, engine.getGpuCount()).stream().map(TensorRuntime::new).toList();
  }

  /** A release for machines with GPUs brings no PyTorch; the engine would look for one for ever. */
  private static void requireLibrary() {
    if (System.getenv(LIBRARY) == null
        && TensorRuntime.class.getClassLoader().getResource(BUNDLED) == null) {
      throw PieCrustException.user(
          "this program brings no PyTorch and %s is not set; expected the lib folder of PyTorch %s,"
              + " with PYTORCH_VERSION and PYTORCH_FLAVOR beside it (docs/install.md)",
          LIBRARY, "2.7.1");
    }
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

  /** The same where so many hosts share the CPU, each of which works on its own. */
  private static int threads(int cpuHosts) {
    return System.getProperty(THREADS, "").isEmpty() && cpuHosts > 1
        ? Math.max(1, Runtime.getRuntime().availableProcessors() / cpuHosts)
        : threads();
  }

  /** Threads of loops in Java: as many as were asked for, else all cores. */
  public static int loopThreads() {
    return System.getProperty(THREADS, "").isEmpty()
        ? Runtime.getRuntime().availableProcessors()
        : threads();
  }

  /**
   * Whether GPUs multiply matrices in TF32 (ten bits of mantissa), several times as fast as in full
   * f32. PyTorch reads the variable when it starts; the launcher and the container set it.
   */
  public static boolean tf32() {
    return "1".equals(System.getenv(TF32));
  }

  private static void setIfAbsent(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  /** Where root managers are. */
  public Device device() {
    return device;
  }

  /** A root manager on the device; its owner closes it. */
  public NDManager newManager() {
    return NDManager.newBaseManager(device, "PyTorch");
  }
}
