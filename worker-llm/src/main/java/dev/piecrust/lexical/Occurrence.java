package dev.piecrust.lexical;

import dev.piecrust.feature.Example;
import java.util.ArrayList;
import java.util.List;

/**
 * A word of the evidence and how active the feature is there.
 *
 * @param activation the maximum over the tokens that the word touches, as a share of the maximum of
 *     all evidence
 * @param example which example it is in
 */
record Occurrence(Word word, double activation, int example) {
  /** All words of the examples. */
  static List<Occurrence> of(List<Example> examples) {
    double maximum = examples.stream().mapToDouble(Example::activation).max().orElse(0);
    List<Occurrence> occurrences = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      double[] byCharacter = byCharacter(examples.get(i));
      for (Word word : Words.of(examples.get(i).text())) {
        double highest = 0;
        for (int c = word.from(); c < word.to(); c++) {
          highest = Math.max(highest, byCharacter[c]);
        }
        occurrences.add(new Occurrence(word, maximum > 0 ? highest / maximum : 0, i));
      }
    }
    return occurrences;
  }

  private static double[] byCharacter(Example example) {
    double[] activations = new double[example.text().length()];
    int at = 0;
    for (int t = 0; t < example.tokens().size(); t++) {
      for (int c = 0; c < example.tokens().get(t).length(); c++) {
        activations[at++] = example.activations().get(t);
      }
    }
    return activations;
  }
}
