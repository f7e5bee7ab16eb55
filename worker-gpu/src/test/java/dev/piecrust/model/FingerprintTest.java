package dev.piecrust.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.tensor.RawTensor;
import dev.piecrust.tensor.SafeTensors;
import dev.piecrust.tensor.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
  @TempDir Path folder;

  @Test
  void isTheContentsAndNotThePlaces() throws IOException {
    String one = fingerprint("one", "{}", new float[] {1, 2});
    assertThat(one).matches("[0-9a-f]{64}");
    assertThat(fingerprint("two", "{}", new float[] {1, 2})).isEqualTo(one);
    assertThat(fingerprint("three", "{ }", new float[] {1, 2})).isNotEqualTo(one);
    assertThat(fingerprint("four", "{}", new float[] {1, 3})).isNotEqualTo(one);
  }

  @Test
  void seesAChangeAllOverATensorThatItOnlySamples() throws IOException {
    float[] large = new float[1 << 20];
    String zeros = fingerprint("one", "{}", large);
    Arrays.fill(large, 1e-3f);
    assertThat(fingerprint("two", "{}", large)).isNotEqualTo(zeros);
  }

  private String fingerprint(String name, String config, float[] values) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    Path file = Files.writeString(place.resolve("config.json"), config);
    Path weights = place.resolve("model.safetensors");
    SafeTensorsWriter.writeRaw(weights, Map.of("w", RawTensor.ofFloats(values)), Map.of());
    try (SafeTensors tensors = SafeTensors.open(weights)) {
      return Fingerprint.of(List.of(file, place.resolve("absent.json")), tensors);
    }
  }
}
