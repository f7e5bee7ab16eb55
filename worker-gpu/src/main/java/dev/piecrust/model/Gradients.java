package dev.piecrust.model;

import ai.djl.pytorch.jni.JniUtils;
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

  static boolean areRecorded() {
    return JniUtils.isGradMode();
  }
}
