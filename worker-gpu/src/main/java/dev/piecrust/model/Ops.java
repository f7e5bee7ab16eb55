package dev.piecrust.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The operations that the engine's array interface lacks or makes awkward. Each puts its result
 * with its <b>first</b> array's manager, so weights always come second.
 */
public final class Ops {
  private Ops() {}

  /** {@code x · weightᵀ}: {@code [..,in]} and {@code [out,in]} to {@code [..,out]}. */
  public static NDArray linear(NDArray x, NDArray weight) {
    return JniUtils.linear((PtNDArray) x, (PtNDArray) weight, null);
  }

  /** {@code x · weightᵀ + bias}, with {@code bias} {@code [out]}. */
  public static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return JniUtils.linear((PtNDArray) x, (PtNDArray) weight, (PtNDArray) bias);
  }

  /** Rows of a table: ids {@code [..]} and {@code [V,d]} to {@code [..,d]}. */
  public static NDArray embed(NDArray ids, NDArray table) {
    return JniUtils.embedding((PtNDArray) ids, (PtNDArray) table, false);
  }

  /** {@code owned · other}, in {@code owned}'s memory unless gradients are recorded. */
  public static NDArray mul(NDArray owned, NDArray other) {
    return Gradients.areRecorded() ? owned.mul(other) : owned.muli(other);
  }

  /** {@code owned + other}, in {@code owned}'s memory unless gradients are recorded. */
  public static NDArray add(NDArray owned, NDArray other) {
    return Gradients.areRecorded() ? owned.add(other) : owned.addi(other);
  }

  /**
   * A constant in the engine's own memory. Arrays over Java memory, Java numbers among them, must
   * not be operands where a gradient will be taken: the memory is gone when the gradient is.
   */
  public static NDArray constant(
      NDManager manager, double[] values, Shape shape, DataType dataType) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray constant = scope.create(values, shape).toType(dataType, false).duplicate();
      constant.attach(manager);
      return constant;
    }
  }

  /** A scalar constant, with the precaution of {@link #constant}. */
  public static NDArray scalar(NDManager manager, double value, DataType dataType) {
    return constant(manager, new double[] {value}, new Shape(), dataType);
  }
}
