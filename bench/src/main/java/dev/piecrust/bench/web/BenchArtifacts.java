package dev.piecrust.bench.web;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.JsonLines;
import dev.piecrust.feature.ActivatedText;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.Example;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.FeatureWrites;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.Prediction;
import dev.piecrust.feature.Predictions;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.feature.RatedSample;
import dev.piecrust.feature.Stratum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Artifacts of the sizes that campaigns leave behind. */
final class BenchArtifacts {
  private static final int LAYERS = 16;
  private static final int TOKENS = 64;
  private static final int WINDOWS = 20_000;
  private static final int EXAMPLES = 24;

  private final ArtifactStore artifacts;
  private final SplittableRandom random = new SplittableRandom(7);

  BenchArtifacts(ArtifactStore artifacts) {
    this.artifacts = artifacts;
  }

  /** A unit of prompts {@code from} to {@code to}, as the fidelity stage leaves it. */
  ArtifactRef prompts(int from, int to) {
    List<PromptOutcome> outcomes = new ArrayList<>();
    for (int prompt = from; prompt < to; prompt++) {
      for (String method : BenchSpec.METHODS) {
        outcomes.add(outcome(prompt, method));
      }
    }
    return new JsonLines<>(artifacts, PromptOutcome.class).write(outcomes);
  }

  private PromptOutcome outcome(int prompt, String method) {
    SortedMap<Integer, Fidelity> fidelity = new TreeMap<>();
    SortedMap<Integer, List<KeptOccurrence>> kept = new TreeMap<>();
    SortedMap<Integer, List<Prediction>> patched = new TreeMap<>();
    for (int budget : BenchSpec.BUDGETS) {
      fidelity.put(budget, new Fidelity(1.0 / budget, 1.0 / budget, 0, 1.0, 0.1));
      kept.put(
          budget,
          IntStream.range(0, budget)
              .mapToObj(
                  i ->
                      new KeptOccurrence(
                          random.nextInt(LAYERS),
                          1 + random.nextInt(TOKENS - 1),
                          random.nextInt(BenchData.WIDTH),
                          random.nextDouble()))
              .toList());
      patched.put(budget, top());
    }
    Predictions predictions =
        new Predictions(tokens(), tokens(), top(), top(), patched, Optional.of(true));
    return new PromptOutcome(
        BenchSpec.TASK,
        prompt,
        "0".repeat(40),
        method,
        4000,
        fidelity,
        kept,
        Optional.of(predictions));
  }

  private List<Prediction> top() {
    return List.of(
        new Prediction(" Mary", 0.7),
        new Prediction(" John", 0.2),
        new Prediction(" the", 0.05),
        new Prediction("\n", 0.03),
        new Prediction("<0xE2>", 0.01));
  }

  private List<String> tokens() {
    return IntStream.range(0, TOKENS).mapToObj(i -> " " + BenchData.word(random)).toList();
  }

  /** What the corpus says of a feature. */
  ArtifactRef evidence() {
    List<Float> active =
        new ArrayList<>(
            IntStream.range(0, WINDOWS / 4)
                .mapToObj(i -> (float) (8 * random.nextDouble()))
                .toList());
    active.sort(Collections.reverseOrder());
    List<Example> examples =
        IntStream.range(0, EXAMPLES)
            .mapToObj(
                i ->
                    new Example(
                        i,
                        i < EXAMPLES / 2 ? Stratum.TOP : Stratum.HIGH,
                        tokens(),
                        IntStream.range(0, TOKENS)
                            .mapToObj(t -> t % 7 == 0 ? (float) random.nextDouble() : 0f)
                            .toList()))
            .toList();
    FeatureWrites writes =
        new FeatureWrites(
            IntStream.range(0, LAYERS).mapToObj(i -> random.nextDouble()).toList(),
            logits(),
            logits());
    Evidence evidence =
        new Evidence(new FeatureId(0, 0), WINDOWS, active, examples).writing(writes);
    return new JsonLines<>(artifacts, Evidence.class).write(List.of(evidence));
  }

  private List<FeatureWrites.TokenLogit> logits() {
    return IntStream.range(0, 10)
        .mapToObj(i -> new FeatureWrites.TokenLogit(BenchData.word(random), random.nextDouble()))
        .toList();
  }

  /** Texts that were written from a description. */
  ArtifactRef written() {
    return new JsonLines<>(artifacts, ActivatedText.class)
        .write(
            IntStream.range(0, 75)
                .mapToObj(i -> new ActivatedText(String.join("", tokens()), random.nextDouble()))
                .toList());
  }

  /** Texts that were rated. */
  ArtifactRef rated() {
    return new JsonLines<>(artifacts, RatedSample.class)
        .write(
            IntStream.range(0, 500)
                .mapToObj(
                    i ->
                        new RatedSample(
                            i,
                            Stratum.HIGH,
                            String.join("", tokens()),
                            random.nextDouble(),
                            random.nextInt(3)))
                .toList());
  }
}
