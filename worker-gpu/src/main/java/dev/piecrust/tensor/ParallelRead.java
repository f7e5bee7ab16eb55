package dev.piecrust.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.nio.FloatBuffer;

/** Decodes a whole tensor straight into an array's memory on the CPU, on all cores. */
final class ParallelRead {
  /** Elements that one Java buffer may show at a time: 1 GiB. */
  private static final long WINDOW = 1L << 28;

  private static final int STEP = 1 << 18;

  private ParallelRead() {}

  static NDArray of(NDManager manager, StoredTensor tensor) {
    TensorInfo info = tensor.info();
    NDArray array = HostArray.empty(manager, info.toShape());
    try (NDManager scope = manager.newSubManager()) {
      NDArray flat = array.reshape(info.elements());
      flat.attach(scope);
      for (long from = 0; from < info.elements(); from += WINDOW) {
        long to = Math.min(info.elements(), from + WINDOW);
        NDArray part = flat.get(scope, new NDIndex("{}:{}", from, to));
        window(tensor, from, HostArray.view(part));
      }
    }
    return array;
  }

  private static void window(StoredTensor tensor, long from, FloatBuffer target) {
    int size = target.remaining();
    int bytes = tensor.info().dtype().bytes();
    Parallel.run(
        (size + STEP - 1) / STEP,
        tensor::decoder,
        (decoder, step) -> {
          int first = step * STEP;
          int count = Math.min(STEP, size - first);
          long offset = tensor.offset() + (from + first) * bytes;
          decoder.decode(offset, count, target.slice(first, count));
        });
  }
}
