package dev.piecrust.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Prompts that go through the model together, filled up on the right to the length of the longest.
 * Attention only looks back, so the filling changes nothing before it; what a pass returns at
 * filled positions means nothing.
 *
 * @param prompts token ids of each prompt, at least one of each
 */
public record TokenBatch(List<int[]> prompts) {
  public TokenBatch {
    if (prompts.isEmpty() || prompts.stream().anyMatch(p -> p.length == 0)) {
      throw new IllegalArgumentException("a batch needs prompts, and every prompt a token");
    }
    prompts = prompts.stream().map(int[]::clone).toList();
  }

  /** {@code B}, the number of prompts. */
  public int size() {
    return prompts.size();
  }

  /** {@code T}, the tokens of the longest prompt. */
  public int width() {
    return prompts.stream().mapToInt(p -> p.length).max().orElseThrow();
  }

  /** The tokens of prompt {@code b}; its last position is one less. */
  public int length(int b) {
    return prompts.get(b).length;
  }

  /** The largest token id. */
  public int largestId() {
    return prompts.stream().flatMapToInt(Arrays::stream).max().orElseThrow();
  }

  /** Token ids {@code [B, T]}, 64-bit, 0 where filled up. */
  public NDArray ids(NDManager manager) {
    int width = width();
    long[] ids = new long[size() * width];
    for (int b = 0; b < size(); b++) {
      for (int p = 0; p < length(b); p++) {
        ids[b * width + p] = prompts.get(b)[p];
      }
    }
    // A copy in the engine's own memory: the gradient of an embedding reads the ids once more.
    try (NDArray onJavaMemory = manager.create(ids, new Shape(size(), width))) {
      return onJavaMemory.duplicate();
    }
  }
}
