package dev.piecrust.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * What a model's MLPs read and write on some tokens.
 *
 * @param read what encoders read, {@code [R, d]} a layer
 * @param written what the MLPs add to the residual stream, {@code [R, d]} a layer
 */
record Rows(List<NDArray> read, List<NDArray> written) {
  Rows {
    read = List.copyOf(read);
    written = List.copyOf(written);
  }

  /** Has another manager hold them. */
  Rows attach(NDManager manager) {
    read.forEach(array -> array.attach(manager));
    written.forEach(array -> array.attach(manager));
    return this;
  }
}
