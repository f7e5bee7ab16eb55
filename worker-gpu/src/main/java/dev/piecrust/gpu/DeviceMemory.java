package dev.piecrust.gpu;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import dev.piecrust.metric.Meters;
import dev.piecrust.tensor.DeviceChoice;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows how much memory the device has, and how much of it is in use. */
public record DeviceMemory(Device device) {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Path PROCESS = Path.of("/proc/self/status");

  void show(MeterRegistry meters) {
    String name = name();
    Meters.DEVICE_MEMORY_USED.gauge(meters, this::used, name);
    Meters.DEVICE_MEMORY_TOTAL.gauge(meters, this::total, name);
  }

  /** The device's, as {@link DeviceChoice} spells it. */
  public String name() {
    return DeviceChoice.name(device);
  }

  /** Bytes; on a CPU of a system without {@code /proc} not known. */
  public double used() {
    return device.isGpu() ? CudaUtils.getGpuMemory(device).getCommitted() : resident();
  }

  /** Bytes. */
  public double total() {
    return device.isGpu()
        ? CudaUtils.getGpuMemory(device).getMax()
        : ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  private static double resident() {
    try {
      Matcher line = RESIDENT.matcher(Files.readString(PROCESS));
      return line.find() ? Long.parseLong(line.group(1)) * 1024.0 : Double.NaN;
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
