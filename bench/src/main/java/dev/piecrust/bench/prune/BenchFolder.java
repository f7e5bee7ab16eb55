package dev.piecrust.bench.prune;

import static dev.piecrust.failure.PieCrustException.external;

import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A random model and a random transcoder in a temporary folder, which closing deletes, as does the
 * end of the program.
 */
final class BenchFolder implements AutoCloseable {
  private final BenchShape shape;
  private final Path parent;
  private final Path folder;
  private final RandomPool pool = new RandomPool(1);

  private BenchFolder(BenchShape shape, Path parent, Path folder) {
    this.shape = shape;
    this.parent = parent;
    this.folder = folder;
    Runtime.getRuntime() // many gigabytes must not stay behind
        .addShutdownHook(new Thread(() -> delete(folder), "piecrust-bench-folder"));
  }

  /** Makes the folder. */
  static BenchFolder in(Path parent, BenchShape shape) {
    try {
      Files.createDirectories(parent);
      return new BenchFolder(shape, parent, Files.createTempDirectory(parent, "piecrust-bench-"));
    } catch (IOException e) {
      throw external(parent + ": a folder cannot be made (" + e + ")", e);
    }
  }

  /** Refuses, with the numbers, where the disk has no room for what will be written. */
  void requireRoom() {
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      long needed = shape.modelBytes() + shape.transcoderBytes();
      if (needed + (1L << 30) > free) {
        throw PieCrustException.resources(
            "%s: the files take %.1f GB and the disk has %.1f GB free; expected a GB more than"
                + " they take",
            parent, needed / 1e9, free / 1e9);
      }
    } catch (IOException e) {
      throw external(folder + ": the disk does not say how much is free (" + e + ")", e);
    }
  }

  Path model() {
    return folder.resolve("model");
  }

  Path transcoder() {
    return folder.resolve("transcoder");
  }

  /** Writes the model's config and tokenizer. */
  void writeSettings() {
    new RandomModel(shape).writeSettings(model());
  }

  void writeWeights() {
    new RandomModel(shape).writeWeights(model(), pool);
  }

  /** The first of the model's weight files. */
  Path firstWeights() {
    return model().resolve(new RandomModel(shape).files().firstKey());
  }

  /**
   * Writes the transcoder.
   *
   * @param thresholds per layer, what a feature must exceed to be active
   */
  void writeTranscoder(List<Double> thresholds) {
    new RandomTranscoder(shape, thresholds).write(transcoder(), pool);
  }

  @Override
  public void close() {
    delete(folder);
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(Locale.ROOT, "%s: cannot be deleted", folder), e);
    }
  }
}
