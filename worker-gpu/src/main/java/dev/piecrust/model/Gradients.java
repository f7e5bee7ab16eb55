package dev.piecrust.model;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.function.Supplier;

/** Whether the engine records what it does on this thread, so that gradients could be taken. */
public final class Gradients {
  private Gradients() {}

  /**
   * Runs a pass that is recorded only where its gradients are {@code wanted}, and recording is on
   * already; the engine records on every new thread otherwise.
   */
  public static <T> T recorded(boolean wanted, Supplier<T> pass) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(before && wanted);
    try {
      return pass.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /**
   * The gradient of a sum with respect to some of the arrays that it is made from.
   *
   * <p>DJL's own collector is one for the whole process; this one is the thread's alone, as several
   * devices may be at work.
   *
   * @param leaves arrays that nothing was computed from yet; they are asked for gradients
   * @param sum makes a scalar of them, out of place
   * @return one per leaf, of its shape, with the leaf's manager
   */
  public static List<NDArray> of(List<NDArray> leaves, Supplier<NDArray> sum) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try {
      leaves.forEach(leaf -> leaf.setRequiresGradient(true));
      try (NDArray value = sum.get();
          NDArray one = value.onesLike()) {
        JniUtils.backward((PtNDArray) value, (PtNDArray) one, false, false);
      }
      return leaves.stream().map(NDArray::getGradient).toList();
    } finally {
      leaves.forEach(leaf -> leaf.setRequiresGradient(false));
      JniUtils.setGradMode(before);
    }
  }

  static boolean areRecorded() {
    return JniUtils.isGradMode();
  }
}
