package dev.piecrust.train;

import static dev.piecrust.failure.PieCrustException.external;
import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.DiskFailures;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder that a training fills, and what a kill may leave in it. */
record TrainingFolder(Path path) {
  /** Where checkpoints lie. */
  private static final String STATE = ".training";

  private static final String CHECKPOINT = "state.safetensors";

  /** What a file is called before it is whole. */
  private static final Pattern HALF =
      Pattern.compile(
          "\\.writing-.*\\.safetensors|(config\\.yaml|README\\.md|training\\.json)\\.part");

  /** In the order in which it goes: what says that the folder is whole before what it speaks of. */
  private static final List<Pattern> MADE =
      List.of(
          Pattern.compile("training\\.json"),
          Pattern.compile("config\\.yaml"),
          Pattern.compile("README\\.md|(layer|W_enc|W_dec)_\\d+\\.safetensors"),
          HALF);

  /** The state of a training that is under way here. */
  Checkpoint checkpoint(String key) {
    return new Checkpoint(path.resolve(STATE).resolve(CHECKPOINT), key);
  }

  /**
   * Refuses what is neither new nor empty, but for a training that was killed at its first part.
   */
  void requireFree() {
    try {
      if (Files.isDirectory(path)
          ? entries(path, name -> !name.equals(STATE)).isEmpty() && !isUnderWay()
          : !Files.exists(path)) {
        return;
      }
    } catch (IOException e) {
      throw external(path + ": cannot be read", e);
    }
    throw user(
        "%s is already there, expected a new or an empty folder, or one of this training", path);
  }

  /** Refuses one that cannot be made here. */
  void requireWritable() {
    Path there = path.toAbsolutePath();
    while (!Files.exists(there)) {
      there = there.resolveSibling("");
    }
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      throw unwritable(
          "%s is %s"
              .formatted(there, Files.isDirectory(there) ? "not to be written to" : "a file"));
    }
  }

  /** Makes it, where it is not there. */
  void make() {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw DiskFailures.isFull(e)
          ? DiskFailures.of(path + " cannot be made", e)
          : unwritable(String.valueOf(e));
    }
  }

  private PieCrustException unwritable(String why) {
    return user("%s cannot be made (%s), expected a folder that may be written to", path, why);
  }

  /** Whether some training is under way here, this one or another. */
  boolean isUnderWay() {
    return Files.isRegularFile(path.resolve(STATE).resolve(CHECKPOINT));
  }

  /** Removes what is of use to nobody once the training is over. */
  void tidy() {
    Path state = path.resolve(STATE);
    try {
      remove(path, HALF);
      if (Files.isDirectory(state)) {
        remove(state, HALF);
        Files.deleteIfExists(state.resolve(CHECKPOINT));
        if (entries(state, name -> true).isEmpty()) {
          Files.deleteIfExists(state);
        }
      }
    } catch (IOException e) {
      throw external(state + ": cannot be removed (" + e + ")", e);
    }
  }

  /** Removes all that a training has made here, and nothing else. */
  void clear() {
    try {
      for (Pattern made : MADE) {
        remove(path, made);
      }
    } catch (IOException e) {
      throw external(path + ": cannot be emptied (" + e + ")", e);
    }
    tidy();
  }

  private static void remove(Path folder, Pattern which) throws IOException {
    for (Path file : entries(folder, which.asMatchPredicate())) {
      Files.deleteIfExists(file);
    }
  }

  private static List<Path> entries(Path folder, Predicate<String> names) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(entry -> names.test(String.valueOf(entry.getFileName()))).toList();
    }
  }
}
