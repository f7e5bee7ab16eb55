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
 * the CPU where there is none. {@code cpu*2} is two hosts on the CPU, which do two things at once;
 * a GPU has one host, since two would not know of each other's memory.
 */
public final class DeviceChoice {
  /** The environment variable of the choice; not set, or empty, means {@value #AUTO}. */
  public static final String VARIABLE = "PIECRUST_DEVICE";

  /** Leaves the choice to the program. */
  public static final String AUTO = "auto";

  private static final String CPU = "cpu";
  private static final Pattern SOME_CPU = Pattern.compile("cpu(?:\\*(\\d{1,2}))?");
  private static final Pattern GPU = Pattern.compile("(?:cuda:?|gpu)(\\d{1,3})?");

  private DeviceChoice() {}

  /** A device for people, such as {@code cpu} or {@code gpu0}, which a wish may name too. */
  public static String name(Device device) {
    return device.isGpu() ? "gpu" + device.getDeviceId() : CPU;
  }

  /**
   * The devices of a wish such as {@code auto}, {@code cpu}, {@code cpu*2}, {@code cuda} (the first
   * GPU) or {@code cuda:0,cuda:1}; a user error where one is not there, or a GPU is named twice.
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
    for (String part : text.split(",", -1)) {
      String name = part.strip();
      int hosts = cpuHosts(name);
      for (int i = 0; i < hosts; i++) {
        devices.add(Device.cpu());
      }
      if (hosts == 0) {
        devices.add(gpu(name, gpus, devices));
      }
    }
    return List.copyOf(devices);
  }

  /** How many hosts on the CPU a wish names; none where that is left to the program. */
  static int cpuHosts(String wish) {
    return Arrays.stream(wish.strip().toLowerCase(Locale.ROOT).split(",", -1))
        .map(name -> SOME_CPU.matcher(name.strip()))
        .filter(Matcher::matches)
        .mapToInt(some -> some.group(1) == null ? 1 : Integer.parseInt(some.group(1)))
        .sum();
  }

  private static Device gpu(String name, int gpus, List<Device> before) {
    Matcher gpu = GPU.matcher(name);
    if (gpu.matches()) {
      int number = gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1));
      if (before.contains(Device.gpu(number))) {
        throw user("%s is named twice, expected each GPU once", name(Device.gpu(number)));
      }
      if (number < gpus) {
        return Device.gpu(number);
      }
    }
    throw user("there is no device '%s' here, expected %s", name, expected(gpus));
  }

  private static String expected(int gpus) {
    return switch (gpus) {
      case 0 -> "auto, cpu or cpu*N, since PyTorch finds no GPU on this machine";
      case 1 -> "auto, cpu, cpu*N or cuda:0";
      default -> "auto, cpu, cpu*N, or some of cuda:0 to cuda:" + (gpus - 1);
    };
  }
}
