package dev.piecrust.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.model.decoder.Decoder;
import dev.piecrust.tensor.TensorRuntime;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What encoders read, by hand from {@code resid_mid} and the weights on disk. */
class EncoderInputTest {
  private static final double EPSILON = 1e-5;

  @TempDir Path folder;
  private final NDManager manager = TensorRuntime.start().newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource({"qwen3/tied, 0", "gemma3/capped, 1"})
  void eachHookIsAFunctionOfResidMid(String name, double offset) {
    Decoder model = (Decoder) Fixtures.inDoubles(Fixtures.load(name, folder, manager), manager);
    Trace trace = model.trace(manager, new TokenBatch(List.of(Fixtures.ids(name, 0))));
    int d = model.width();
    for (int l = 0; l < model.layers(); l++) {
      NDArray rows = trace.residMid().get(l).reshape(5, d);
      double[] x = Fixtures.values(rows);
      double[] gain = Fixtures.values(model.weights().layers().get(l).mlpNorm());
      double[] normalized = Fixtures.values(model.encoderInput(l, rows, InputHook.LN2_NORMALIZED));
      double[] gained = Fixtures.values(model.encoderInput(l, rows, InputHook.MLP_IN));
      assertThat(Fixtures.values(model.encoderInput(l, rows, InputHook.RESID_MID))).isEqualTo(x);
      for (int r = 0; r < 5; r++) {
        double square = 0;
        for (int i = 0; i < d; i++) {
          square += x[r * d + i] * x[r * d + i] / d;
        }
        for (int i = 0; i < d; i++) {
          double expected = x[r * d + i] / Math.sqrt(square + EPSILON);
          assertThat(normalized[r * d + i]).isCloseTo(expected, within(1e-12));
          assertThat(gained[r * d + i]).isCloseTo(expected * (offset + gain[i]), within(1e-12));
        }
      }
    }
  }
}
