package dev.piecrust.feature;

import java.util.List;
import java.util.Optional;

/**
 * What a corpus says about a feature.
 *
 * @param windows how many windows were read
 * @param active the activations of the windows in which it is active, descending, at most one a
 *     window; in all others it is 0
 * @param examples windows of every stratum: the top ones descending by activation, then the others,
 *     in each stratum in the order in which they are to be drawn
 * @param writes absent in evidence of versions that did not record them
 */
public record Evidence(
    FeatureId feature,
    int windows,
    List<Float> active,
    List<Example> examples,
    Optional<FeatureWrites> writes) {
  public Evidence {
    active = List.copyOf(active);
    examples = List.copyOf(examples);
    if (active.size() > windows) {
      throw new IllegalArgumentException(
          "active in %d windows of %d".formatted(active.size(), windows));
    }
  }

  /** Evidence that does not say what the feature writes. */
  public Evidence(FeatureId feature, int windows, List<Float> active, List<Example> examples) {
    this(feature, windows, active, examples, Optional.empty());
  }

  /** The same evidence of a feature that writes this. */
  public Evidence writing(FeatureWrites written) {
    return new Evidence(feature, windows, active, examples, Optional.of(written));
  }

  /** The highest activation in the corpus; 0 where the feature is never active. */
  public double maximum() {
    return active.isEmpty() ? 0 : active.get(0);
  }

  /** The examples of one stratum, in order. */
  public List<Example> of(Stratum stratum) {
    return examples.stream().filter(example -> example.stratum() == stratum).toList();
  }
}
