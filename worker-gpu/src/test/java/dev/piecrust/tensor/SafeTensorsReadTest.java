package dev.piecrust.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsReadTest {
  @TempDir Path folder;
  private final NDManager manager = TensorRuntime.start().newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void readsATensorThatIsLargerThanItsBuffer() {
    int n = (4 << 20) + 12_345;
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = i % 8191;
    }
    Path file = folder.resolve("large.safetensors");
    SafeTensorsWriter.writeRaw(file, Map.of("w", RawTensor.ofFloats(values, 1, n)), Map.of());
    try (SafeTensors tensors = SafeTensors.open(file)) {
      NDArray read = tensors.read(manager, "w");
      assertThat(read.getShape()).isEqualTo(new Shape(1, n));
      assertThat(read.toFloatArray()).isEqualTo(values);
    }
    assertThat(manager.getManagedArrays()).hasSize(1);
  }

  @Test
  void keepsScalarsAndEmptyTensors() {
    Path file = folder.resolve("odd.safetensors");
    NDArray scalar = manager.full(new Shape(), 2.5f, DataType.FLOAT32);
    NDArray empty = manager.create(new Shape(0, 3), DataType.FLOAT32);
    SafeTensorsWriter.write(file, Map.of("scalar", scalar, "empty", empty), Map.of());
    try (SafeTensors tensors = SafeTensors.open(file)) {
      assertThat(tensors.read(manager, "scalar").getShape()).isEqualTo(new Shape());
      assertThat(tensors.read(manager, "scalar").toFloatArray()).containsExactly(2.5f);
      assertThat(tensors.read(manager, "empty").getShape()).isEqualTo(new Shape(0, 3));
      assertThatThrownBy(() -> tensors.rows(manager, "scalar", new int[] {0}))
          .hasMessageContaining("tensor 'scalar' is a scalar; expected rows");
      assertThatThrownBy(() -> tensors.rows(manager, "empty", new int[] {0}))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void writesDoublesAsFloats() {
    Path file = folder.resolve("double.safetensors");
    NDArray doubles = manager.create(new double[] {1.0 / 3, -2});
    SafeTensorsWriter.write(file, Map.of("w", doubles), Map.of());
    try (SafeTensors tensors = SafeTensors.open(file)) {
      assertThat(tensors.readFloats("w")).containsExactly(1f / 3, -2f);
    }
  }

  @Test
  void leavesNothingBehindWhenTheTargetCannotBeWritten() throws IOException {
    Path blocked = Files.createDirectory(folder.resolve("blocked.safetensors"));
    Files.createFile(blocked.resolve("inside"));
    Map<String, RawTensor> tensors = Map.of("w", RawTensor.ofInts(new int[] {1}));
    assertThatThrownBy(() -> SafeTensorsWriter.writeRaw(blocked, tensors, Map.of()))
        .isInstanceOf(PieCrustException.class)
        .hasMessageContaining("cannot be written");
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(blocked);
    }
  }

  @Test
  void refusesANumberOfThreadsThatIsNone() {
    System.setProperty(TensorRuntime.THREADS, "many");
    try {
      assertThatThrownBy(TensorRuntime::threads)
          .hasMessageContaining("-Dpiecrust.threads is 'many'; expected a number of threads");
    } finally {
      System.clearProperty(TensorRuntime.THREADS);
    }
  }
}
