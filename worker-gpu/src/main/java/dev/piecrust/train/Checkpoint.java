package dev.piecrust.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.activity.TrainProgress;
import dev.piecrust.campaign.Json;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.tensor.SafeTensors;
import dev.piecrust.tensor.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A training's state on disk, in one file that is replaced as a whole: weights, moments, scales,
 * what is known of silent features, and the step, from which the order of the text and all draws
 * follow.
 *
 * @param file where it lies
 * @param key of all that decides the training; a file of another one is not gone on with
 */
record Checkpoint(Path file, String key) {
  private static final String KEY = "key";
  private static final String STEP = "step";
  private static final String SPARSITY = "sparsity";
  private static final String PROGRESS = "progress";
  private static final String PATIENCE = "patience";

  /** The step that it was taken after, if it is there and of this training. */
  Optional<Integer> step() {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (SafeTensors tensors = SafeTensors.open(file)) {
      return key.equals(tensors.metadata().get(KEY))
          ? Optional.of(Integer.valueOf(tensors.metadata().getOrDefault(STEP, "0")))
          : Optional.empty();
    }
  }

  /** What was told when it was taken. */
  TrainProgress progress() {
    try (SafeTensors tensors = SafeTensors.open(file)) {
      return Json.read(
          tensors.metadata().getOrDefault(PROGRESS, ""), TrainProgress.class, file.toString());
    }
  }

  /** How long it had not become better then. */
  Patience patience() {
    try (SafeTensors tensors = SafeTensors.open(file)) {
      return Json.read(
          tensors.metadata().getOrDefault(PATIENCE, ""), Patience.class, file.toString());
    }
  }

  /** Writes it. */
  void take(Trainer trainer, TrainProgress progress, Patience patience) {
    try {
      Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
    } catch (IOException e) {
      throw PieCrustException.external(file + ": cannot be written (" + e + ")", e);
    }
    Map<String, NDArray> tensors = new TreeMap<>();
    List<NDArray> state = trainer.state();
    for (int i = 0; i < state.size(); i++) {
      tensors.put(name(i), state.get(i));
    }
    SafeTensorsWriter.write(
        file,
        tensors,
        Map.of(
            KEY,
            key,
            STEP,
            Integer.toString(trainer.steps()),
            SPARSITY,
            Double.toHexString(trainer.sparsity()),
            PROGRESS,
            Json.write(progress.withoutSpeed()),
            PATIENCE,
            Json.write(patience)));
  }

  /** Has a trainer go on from it. */
  void resume(NDManager manager, Trainer trainer) {
    try (SafeTensors tensors = SafeTensors.open(file);
        NDManager scope = manager.newSubManager()) {
      List<NDArray> state = new ArrayList<>();
      for (int i = 0; i < trainer.state().size(); i++) {
        state.add(tensors.read(scope, name(i)));
      }
      Map<String, String> said = tensors.metadata();
      trainer.resume(
          Integer.parseInt(said.getOrDefault(STEP, "0")),
          Double.parseDouble(said.getOrDefault(SPARSITY, "0")),
          state);
    }
  }

  private static String name(int i) {
    return "state.%04d".formatted(i);
  }
}
