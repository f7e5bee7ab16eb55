package dev.piecrust.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.piecrust.failure.PieCrustException;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {
  @Test
  void takesEveryGpuWhereNothingIsWished() {
    assertThat(DeviceChoice.of("auto", 2)).containsExactly(Device.gpu(0), Device.gpu(1));
    assertThat(DeviceChoice.of(" ", 1)).containsExactly(Device.gpu(0));
    assertThat(DeviceChoice.of("auto", 0)).containsExactly(Device.cpu());
  }

  @Test
  void takesWhatIsNamedHoweverItIsSpelled() {
    assertThat(DeviceChoice.of("cpu", 2)).containsExactly(Device.cpu());
    assertThat(DeviceChoice.of("cuda", 2)).containsExactly(Device.gpu(0));
    assertThat(DeviceChoice.of("CUDA:1, gpu0", 2)).containsExactly(Device.gpu(1), Device.gpu(0));
    assertThat(DeviceChoice.of("cpu,cpu", 0)).containsExactly(Device.cpu(), Device.cpu());
  }

  @Test
  void namesWhatItTakes() {
    assertThat(DeviceChoice.name(Device.cpu())).isEqualTo("cpu");
    assertThat(DeviceChoice.name(Device.gpu(1))).isEqualTo("gpu1");
    assertThat(DeviceChoice.of(DeviceChoice.name(Device.gpu(1)), 2)).containsExactly(Device.gpu(1));
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThatThrownBy(() -> DeviceChoice.of("cuda:0", 0))
        .isInstanceOf(PieCrustException.class)
        .hasMessage(
            "there is no device 'cuda:0' here, expected auto, cpu or cpu*N, since PyTorch finds no GPU"
                + " on this machine");
    assertThatThrownBy(() -> DeviceChoice.of("cuda:2", 2))
        .hasMessage(
            "there is no device 'cuda:2' here, expected auto, cpu, cpu*N, or some of cuda:0 to cuda:1");
    assertThatThrownBy(() -> DeviceChoice.of("cpu,,", 1))
        .hasMessage("there is no device '' here, expected auto, cpu, cpu*N or cuda:0");
  }

  @Test
  void hasSeveralHostsOnTheCpuAndOneOnAGpu() {
    assertThat(DeviceChoice.of("cpu*3", 0))
        .containsExactly(Device.cpu(), Device.cpu(), Device.cpu());
    assertThat(DeviceChoice.of("cuda:1,cpu*2", 2))
        .containsExactly(Device.gpu(1), Device.cpu(), Device.cpu());
    assertThat(DeviceChoice.cpuHosts("auto")).isZero();
    assertThat(DeviceChoice.cpuHosts("cpu")).isEqualTo(1);
    assertThat(DeviceChoice.cpuHosts("cuda:0, CPU*2,cpu")).isEqualTo(3);
    assertThatThrownBy(() -> DeviceChoice.of("cuda:1,gpu1", 2))
        .hasMessage("gpu1 is named twice, expected each GPU once");
    assertThatThrownBy(() -> DeviceChoice.of("cpu*0", 0))
        .hasMessageStartingWith("there is no device 'cpu*0' here, expected");
  }
}
