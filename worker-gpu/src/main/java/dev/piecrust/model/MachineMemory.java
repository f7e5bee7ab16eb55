package dev.piecrust.model;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this machine has left: of the GPU's memory, or of main memory, which on Linux is what the
 * kernel calls available and no more than the container's limit leaves.
 */
public final class MachineMemory implements FreeMemory {
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");
  private static final Path CONTAINER = Path.of("/sys/fs/cgroup");

  @Override
  public long bytes(Device device) {
    if (device.isGpu()) {
      MemoryUsage usage = CudaUtils.getGpuMemory(device);
      return usage.getMax() - usage.getCommitted();
    }
    return Math.min(mainMemory(), containerLeft());
  }

  private static long mainMemory() {
    try {
      Matcher line = AVAILABLE.matcher(Files.readString(Path.of("/proc/meminfo")));
      if (line.find()) {
        return Long.parseLong(line.group(1)) * 1024;
      }
    } catch (IOException e) {
      return fromPlatform();
    }
    return fromPlatform();
  }

  private static long fromPlatform() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getFreeMemorySize();
  }

  private static long containerLeft() {
    try {
      String limit = Files.readString(CONTAINER.resolve("memory.max")).trim();
      String used = Files.readString(CONTAINER.resolve("memory.current")).trim();
      return limit.equals("max")
          ? Long.MAX_VALUE
          : Math.max(0, Long.parseLong(limit) - Long.parseLong(used) + cached());
    } catch (IOException | NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /** File pages that the kernel gives back when asked. */
  private static long cached() throws IOException {
    return Files.readAllLines(CONTAINER.resolve("memory.stat")).stream()
        .filter(line -> line.startsWith("inactive_file "))
        .mapToLong(line -> Long.parseLong(line.substring("inactive_file ".length())))
        .sum();
  }
}
