package dev.piecrust.model;

import ai.djl.ndarray.NDManager;
import dev.piecrust.tensor.TensorRuntime;

/** How fast this machine is, for estimates. */
public final class MachineRate {
  private static final int SIZE = 1024;

  private MachineRate() {}

  /** Floating-point operations a second of a square matrix product, the best of several. */
  public static double flops() {
    try (NDManager manager = TensorRuntime.start().newManager()) {
      return MatmulRate.measure(manager, "square", SIZE, SIZE, SIZE).gflops() * 1e9;
    }
  }
}
