package dev.piecrust.train;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.evidence.CorpusWindows;
import dev.piecrust.model.Transformer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows of a corpus: those to train on, and those that are held out, which lie evenly spread
 * among them.
 *
 * @param training token ids of each
 * @param heldOut likewise
 * @param sha256 of all of them
 */
public record TrainingText(List<int[]> training, List<int[]> heldOut, String sha256) {
  public TrainingText {
    training = List.copyOf(training);
    heldOut = List.copyOf(heldOut);
  }

  /**
   * Reads a corpus.
   *
   * @throws dev.piecrust.failure.PieCrustException of category user where it is missing, no text,
   *     or too small to hold anything out
   */
  public static TrainingText read(TrainSpec spec, Transformer model) {
    return read(spec, Path.of(spec.corpus()), model);
  }

  /**
   * Reads a corpus whose place differs from the one that the spec names.
   *
   * @throws dev.piecrust.failure.PieCrustException as above
   */
  public static TrainingText read(TrainSpec spec, Path file, Transformer model) {
    CorpusWindows corpus =
        CorpusWindows.read(
            file, model.tokenizer(), spec.windows(), Math.min(spec.context(), model.positions()));
    List<int[]> windows = new ArrayList<>();
    for (int i = 0; i < corpus.size(); i++) {
      if (corpus.get(i).length > 1) { // the first token counts nowhere
        windows.add(corpus.get(i));
      }
    }
    return split(windows, spec.heldOut(), corpus.sha256(), spec.corpus());
  }

  private static TrainingText split(
      List<int[]> windows, double share, String sha256, String corpus) {
    List<int[]> training = new ArrayList<>();
    List<int[]> heldOut = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      boolean out = Math.floor((i + 1) * share) > Math.floor(i * share);
      (out ? heldOut : training).add(windows.get(i));
    }
    if (heldOut.isEmpty() || training.isEmpty()) {
      throw user(
          "corpus %s has %d windows, expected enough to hold a share of %s out",
          corpus, windows.size(), share);
    }
    return new TrainingText(training, heldOut, sha256);
  }
}
