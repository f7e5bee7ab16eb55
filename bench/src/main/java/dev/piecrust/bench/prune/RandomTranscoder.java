package dev.piecrust.bench.prune;

import static dev.piecrust.failure.PieCrustException.external;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A transcoder of random unit rows in the names and files in which that of its model was published.
 *
 * @param thresholds per layer, what a feature's product must exceed for it to be active
 */
record RandomTranscoder(BenchShape shape, List<Double> thresholds) {
  /** What each of the files holds, by its name; decided without writing anything. */
  SortedMap<String, List<RandomTensor>> files() {
    SortedMap<String, List<RandomTensor>> files = new TreeMap<>();
    for (int l = 0; l < shape.layers(); l++) {
      files.putAll(shape.published().transcoder().layer(shape, l, thresholds.get(l)));
    }
    return files;
  }

  void write(Path folder, RandomPool pool) {
    TranscoderForm form = shape.published().transcoder();
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(form.configName()), form.config(shape));
    } catch (IOException e) {
      throw external(folder + ": cannot be written (" + e + ")", e);
    }
    files()
        .forEach(
            (name, tensors) ->
                new RandomFile(tensors, form.dtype(shape)).write(folder.resolve(name), pool));
  }
}
