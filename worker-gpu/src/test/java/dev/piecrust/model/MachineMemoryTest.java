package dev.piecrust.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class MachineMemoryTest {
  @Test
  void isSomethingButNotMoreThanThereIs() {
    long total =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    assertThat(new MachineMemory().bytes(Device.cpu())).isPositive().isLessThanOrEqualTo(total);
  }
}
