package dev.piecrust.bench.prune;

import dev.piecrust.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How Hugging Face transformers cuts a checkpoint into files: tensors in their order, a new file
 * where the next would not fit.
 *
 * @param most bytes of a file, unless a single tensor has more
 */
record Shards(long most, DType dtype) {
  /** The tensors of each file, by its name. */
  SortedMap<String, List<RandomTensor>> of(List<RandomTensor> tensors) {
    List<List<RandomTensor>> cut = cut(tensors);
    SortedMap<String, List<RandomTensor>> files = new TreeMap<>();
    for (int i = 0; i < cut.size(); i++) {
      String name =
          cut.size() == 1
              ? "model.safetensors"
              : "model-%05d-of-%05d.safetensors".formatted(i + 1, cut.size());
      files.put(name, cut.get(i));
    }
    return files;
  }

  private List<List<RandomTensor>> cut(List<RandomTensor> tensors) {
    List<List<RandomTensor>> cut = new ArrayList<>();
    long size = 0;
    for (RandomTensor tensor : tensors) {
      long bytes = tensor.elements() * dtype.bytes();
      if (cut.isEmpty() || size + bytes > most) {
        cut.add(new ArrayList<>());
        size = 0;
      }
      cut.get(cut.size() - 1).add(tensor);
      size += bytes;
    }
    return cut;
  }
}
