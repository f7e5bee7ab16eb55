package dev.piecrust.evidence;

import ai.djl.ndarray.NDManager;
import dev.piecrust.feature.ActivatedText;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.model.Transformer;
import dev.piecrust.transcoder.FeatureHit;
import dev.piecrust.transcoder.Transcoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a feature makes of texts: its maximum over the tokens of each (docs/method.md §8). */
public final class TextActivations {
  /** Tokens of a text that are looked at, BOS included, where the model sees that many. */
  static final int LONGEST = 512;

  /** Texts that go through the model together. */
  private static final int TOGETHER = 16;

  private final Transformer model;
  private final Transcoder transcoder;

  /** Measures in a model by the encoder of a transcoder for it. */
  public TextActivations(Transformer model, Transcoder transcoder) {
    this.model = model;
    this.transcoder = transcoder;
  }

  /**
   * Measures texts, in order. Longer ones than {@value #LONGEST} tokens, or than the model can
   * read, are cut there.
   *
   * @param beforeEach runs before every batch, with the number of texts done
   */
  public List<ActivatedText> of(
      NDManager manager, FeatureId feature, List<String> texts, Progress beforeEach) {
    List<ActivatedText> measured = new ArrayList<>();
    try (NDManager scope = manager.newSubManager()) {
      WindowScan scan =
          new WindowScan(
              model,
              transcoder.encoderOf(scope, List.of(feature)),
              new WindowTokens(model.tokenizer()));
      for (int from = 0; from < texts.size(); from += TOGETHER) {
        beforeEach.at(from);
        measured.addAll(
            batch(scan, scope, texts.subList(from, Math.min(texts.size(), from + TOGETHER))));
      }
    }
    return measured;
  }

  private List<ActivatedText> batch(WindowScan scan, NDManager scope, List<String> texts) {
    List<int[]> sequences = texts.stream().map(this::tokens).toList();
    List<int[]> readable = sequences.stream().filter(ids -> ids.length > 0).toList();
    List<List<FeatureHit>> hits = readable.isEmpty() ? List.of() : scan.hits(scope, readable);
    List<ActivatedText> measured = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < texts.size(); i++) {
      List<FeatureHit> own = sequences.get(i).length > 0 ? hits.get(next++) : List.of();
      double activation = own.isEmpty() ? 0 : own.get(0).maximum();
      measured.add(new ActivatedText(texts.get(i), activation));
    }
    return measured;
  }

  private int[] tokens(String text) {
    int[] ids = model.tokenizer().encode(text);
    return Arrays.copyOf(ids, Math.min(ids.length, Math.min(LONGEST, model.positions())));
  }
}
