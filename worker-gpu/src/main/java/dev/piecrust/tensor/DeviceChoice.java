package dev.piecrust.tensor;

import static dev.piecrust.failure.PieCrustException.user;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which devices a process works on: those that {@value #VARIABLE} names, otherwise every GPU, or
 * the CPU where there is none. A device named twice does two things at once.
 */
public final class DeviceChoice {
  /** The environment variable of the choice; not set, or empty, means {@value #AUTO}. */
  public static final String VARIABLE = "PIECRUST_DEVICE";

  /** Leaves the choice to the program. */
  public static final String AUTO = "auto";

  private static final String CPU = "cpu";
  private static final Pattern GPU = Pattern.compile("(?:cuda:?|gpu)(\\d{1,3})?");

  private DeviceChoice() {}

  /** A device for people, such as {@code cpu} or {@code gpu0}, which a wish may name too. */
  public static String name(Device device) {
    return device.isGpu() ? "gpu" + device.getDeviceId() : CPU;
  }

  /**
   * The devices of a wish such as {@code auto}, {@code cpu}, {@code cuda} (the first GPU) or {@code
   * cuda:0,cuda:1}; a user error where one is not there.
   *
   * @param gpus that the machine has
   */
  static List<Device> of(String wish, int gpus) {
    String text = wish.strip().toLowerCase(Locale.ROOT);
    if (text.isEmpty() || text.equals(AUTO)) {
      return gpus == 0
          ? List.of(Device.cpu())
          : IntStream.range(0, gpus).mapToObj(Device::gpu).toList();
    }
    List<Device> devices = new ArrayList<>();
    Arrays.stream(text.split(",", -1)).forEach(name -> devices.add(device(name.strip(), gpus)));
    return List.copyOf(devices);
  }

  private static Device device(String name, int gpus) {
    if (name.equals(CPU)) {
      return Device.cpu();
    }
    Matcher gpu = GPU.matcher(name);
    if (gpu.matches()) {
      int number = gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1));
      if (number < gpus) {
        return Device.gpu(number);
      }
    }
    throw user("there is no device '%s' here, expected %s", name, expected(gpus));
  }

  private static String expected(int gpus) {
    return switch (gpus) {
      case 0 -> "auto or cpu, since PyTorch finds no GPU on this machine";
      case 1 -> "auto, cpu or cuda:0";
      default -> "auto, cpu, or some of cuda:0 to cuda:" + (gpus - 1);
    };
  }
}
