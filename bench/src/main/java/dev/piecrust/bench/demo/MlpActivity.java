package dev.piecrust.bench.demo;

import ai.djl.ndarray.NDManager;
import dev.piecrust.model.Transformer;

/** What a model's MLPs do on fresh windows of the language. */
record MlpActivity(Transformer model, WindowStream windows) {
  /** The tokens of the next windows; the sample belongs to {@code manager}. */
  MlpSample sample(NDManager manager, int count) {
    return MlpSample.of(manager, model, windows.next(count));
  }
}
