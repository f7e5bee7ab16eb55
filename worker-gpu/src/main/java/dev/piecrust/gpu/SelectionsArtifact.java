package dev.piecrust.gpu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.Method;
import dev.piecrust.prune.Selection;
import dev.piecrust.tensor.RawTensor;
import dev.piecrust.tensor.SafeTensors;
import dev.piecrust.tensor.SafeTensorsWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The keep sets of a batch as a safetensors file, so that Python reads them too. Of prompt {@code
 * i}, {@code i/kept/METHOD/BUDGET} (int32) are indices into the occurrences of the scores file,
 * best first, and {@code i/score/METHOD} (float32) one number for each occurrence.
 */
final class SelectionsArtifact {
  /** The file's index. */
  private record Contents(List<Integer> prompts, Map<String, List<Integer>> budgets) {}

  private static final String CONTENTS = "contents";

  private final ArtifactStore artifacts;

  SelectionsArtifact(ArtifactStore artifacts) {
    this.artifacts = artifacts;
  }

  ArtifactRef write(List<ChosenPrompt> prompts) {
    Map<String, RawTensor> tensors = new LinkedHashMap<>();
    Map<String, List<Integer>> budgets = new TreeMap<>();
    for (ChosenPrompt prompt : prompts) {
      prompt
          .selections()
          .forEach(
              (method, selection) -> {
                budgets.put(method.label(), List.copyOf(selection.kept().keySet()));
                float[] scores = selection.scores();
                tensors.put(
                    score(prompt.index(), method), RawTensor.ofFloats(scores, scores.length));
                selection
                    .kept()
                    .forEach(
                        (budget, kept) ->
                            tensors.put(
                                kept(prompt.index(), method, budget),
                                RawTensor.ofInts(kept, kept.length)));
              });
    }
    Contents contents = new Contents(prompts.stream().map(ChosenPrompt::index).toList(), budgets);
    return artifacts.put(
        out ->
            SafeTensorsWriter.writeRaw(
                out, tensors, Map.of(CONTENTS, Json.mapper().writeValueAsString(contents))));
  }

  /** The prompts of a batch by index. */
  Map<Integer, ChosenPrompt> read(ArtifactRef ref) {
    return LocalCopy.of(
        artifacts,
        ref,
        file -> {
          try (SafeTensors tensors = SafeTensors.open(file)) {
            return read(tensors);
          }
        });
  }

  private static Map<Integer, ChosenPrompt> read(SafeTensors tensors) {
    Contents contents;
    try {
      contents =
          Json.mapper()
              .readValue(
                  String.valueOf(tensors.metadata().get(CONTENTS)), new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an artifact of keep sets has a broken header", e);
    }
    Map<Integer, ChosenPrompt> prompts = new TreeMap<>();
    for (int index : contents.prompts()) {
      Map<Method, Selection> selections = new EnumMap<>(Method.class);
      for (Method method : Method.values()) {
        List<Integer> budgets = contents.budgets().getOrDefault(method.label(), List.of());
        if (!budgets.isEmpty()) {
          selections.put(method, selection(tensors, index, method, new ArrayList<>(budgets)));
        }
      }
      prompts.put(index, new ChosenPrompt(index, selections));
    }
    return prompts;
  }

  private static Selection selection(
      SafeTensors tensors, int index, Method method, List<Integer> budgets) {
    TreeMap<Integer, int[]> kept = new TreeMap<>();
    budgets.forEach(k -> kept.put(k, tensors.readInts(kept(index, method, k))));
    return new Selection(tensors.readFloats(score(index, method)), kept);
  }

  private static String kept(int index, Method method, int budget) {
    return "%d/kept/%s/%d".formatted(index, method.label(), budget);
  }

  private static String score(int index, Method method) {
    return "%d/score/%s".formatted(index, method.label());
  }
}
