package dev.piecrust.exchange;

import dev.piecrust.feature.FeatureId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Tells that a file of descriptions is, all or in part, about another transcoder's features. */
public final class DescriptionFit {
  private DescriptionFit() {}

  /**
   * One sentence, where the file describes no feature or one that is not there.
   *
   * @param layers of the transcoder
   * @param features of each of them
   */
  public static Optional<String> warning(Path file, int layers, int features) {
    Set<FeatureId> described = DescriptionFile.read(file).descriptions().keySet();
    long there =
        described.stream()
            .filter(feature -> feature.layer() < layers && feature.index() < features)
            .count();
    return there == described.size() && there > 0
        ? Optional.empty()
        : Optional.of(
            "%d of the %d features that %s describes are in the transcoder, which has %d layers of"
                    .formatted(there, described.size(), file.getFileName(), layers)
                + " %d features".formatted(features));
  }
}
