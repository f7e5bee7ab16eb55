package dev.piecrust.gpu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.Method;
import dev.piecrust.prune.Occurrences;
import dev.piecrust.tensor.RawTensor;
import dev.piecrust.tensor.SafeTensors;
import dev.piecrust.tensor.SafeTensorsWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Occurrences and scores of a batch as a safetensors file, so that Python reads them too. Tensors
 * of prompt {@code i} are {@code i/layer}, {@code i/position}, {@code i/feature} (int32), {@code
 * i/clean}, {@code i/delta} and {@code i/score/METHOD/RUN} (float32), each [n] in the order of
 * (layer, position, feature).
 */
final class ScoresArtifact {
  private static final String PROMPTS = "prompts";
  private static final String FAILURES = "failures";

  private final ArtifactStore artifacts;

  ScoresArtifact(ArtifactStore artifacts) {
    this.artifacts = artifacts;
  }

  ArtifactRef write(ScoredBatch batch) {
    Map<String, RawTensor> tensors = new LinkedHashMap<>();
    for (ScoredPrompt prompt : batch.prompts()) {
      Occurrences o = prompt.occurrences();
      String prefix = prompt.index() + "/";
      tensors.put(prefix + "layer", RawTensor.ofInts(o.layer(), o.size()));
      tensors.put(prefix + "position", RawTensor.ofInts(o.position(), o.size()));
      tensors.put(prefix + "feature", RawTensor.ofInts(o.feature(), o.size()));
      tensors.put(prefix + "clean", RawTensor.ofFloats(o.clean(), o.size()));
      tensors.put(prefix + "delta", RawTensor.ofFloats(o.delta(), o.size()));
      prompt
          .scores()
          .forEach(
              (method, runs) -> {
                for (int run = 0; run < runs.size(); run++) {
                  tensors.put(
                      prefix + score(method, run), RawTensor.ofFloats(runs.get(run), o.size()));
                }
              });
    }
    Map<String, String> metadata =
        Map.of(
            PROMPTS, json(batch.prompts().stream().map(ScoredPrompt::index).toList()),
            FAILURES, json(new TreeMap<>(batch.failures())));
    return artifacts.put(out -> SafeTensorsWriter.writeRaw(out, tensors, metadata));
  }

  ScoredBatch read(ArtifactRef ref) {
    return LocalCopy.of(
        artifacts,
        ref,
        file -> {
          try (SafeTensors tensors = SafeTensors.open(file)) {
            return read(tensors);
          }
        });
  }

  private static ScoredBatch read(SafeTensors tensors) {
    List<Integer> indices = parse(tensors.metadata().get(PROMPTS), new TypeReference<>() {});
    Map<Integer, String> failures =
        parse(tensors.metadata().get(FAILURES), new TypeReference<>() {});
    List<ScoredPrompt> prompts = new ArrayList<>();
    for (int index : indices) {
      String prefix = index + "/";
      Occurrences occurrences =
          new Occurrences(
              tensors.readInts(prefix + "layer"),
              tensors.readInts(prefix + "position"),
              tensors.readInts(prefix + "feature"),
              tensors.readFloats(prefix + "clean"),
              tensors.readFloats(prefix + "delta"));
      Map<Method, List<float[]>> scores = new LinkedHashMap<>();
      for (Method method : Method.values()) {
        List<float[]> runs = new ArrayList<>();
        while (tensors.contains(prefix + score(method, runs.size()))) {
          runs.add(tensors.readFloats(prefix + score(method, runs.size())));
        }
        if (!runs.isEmpty()) {
          scores.put(method, runs);
        }
      }
      prompts.add(new ScoredPrompt(index, occurrences, scores));
    }
    return new ScoredBatch(prompts, failures);
  }

  private static String score(Method method, int run) {
    return "score/" + method.label() + "/" + run;
  }

  private static String json(Object value) {
    try {
      return Json.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T parse(
      @org.jspecify.annotations.Nullable String text, TypeReference<T> type) {
    try {
      return Json.mapper().readValue(String.valueOf(text), type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a scores artifact has a broken header", e);
    }
  }
}
