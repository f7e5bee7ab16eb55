package dev.piecrust.control;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.DescriptionsSpec;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.exchange.DescriptionFile;
import dev.piecrust.feature.Explanation;
import dev.piecrust.feature.FeatureId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The descriptions that a campaign brings along. */
final class KnownDescriptions {
  private final String file;
  private final boolean only;
  private final Map<FeatureId, String> descriptions;

  private KnownDescriptions(String file, boolean only, Map<FeatureId, String> descriptions) {
    this.file = file;
    this.only = only;
    this.descriptions = Map.copyOf(descriptions);
  }

  /** Those of a spec, which may have none; a file that has changed since is a user error. */
  static KnownDescriptions of(InterpretSpec interpret) {
    return interpret
        .descriptions()
        .map(KnownDescriptions::read)
        .orElseGet(() -> new KnownDescriptions("", false, Map.of()));
  }

  private static KnownDescriptions read(DescriptionsSpec spec) {
    Path path = Path.of(spec.path());
    DescriptionFile read = DescriptionFile.read(path);
    if (!read.sha256().equals(spec.sha256())) {
      throw user(
          "descriptions %s have changed since the campaign was submitted, expected SHA-256 %s",
          path, spec.sha256());
    }
    String name = String.valueOf(path.getFileName());
    return new KnownDescriptions(
        read.licence().map(terms -> name + " (licence: " + terms + ")").orElse(name),
        spec.only(),
        read.descriptions());
  }

  /**
   * How much of the file, where there is one, is about the features that a campaign could explain.
   *
   * @param kept by the spec's rule, in the order in which they are chosen
   * @param chosen how many of them are
   */
  Optional<String> match(List<FeatureId> kept, int chosen) {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    long described = kept.stream().filter(descriptions::containsKey).count();
    if (only) {
      return Optional.of(
          "%s describes %d of the %d features that are kept, and only those are evaluated%s"
              .formatted(
                  file, described, kept.size(), chosen < described ? ", up to " + chosen : ""));
    }
    long among = kept.stream().limit(chosen).filter(descriptions::containsKey).count();
    return Optional.of(
        "%d of the %d selected features have a description in %s".formatted(among, chosen, file));
  }

  /** Whether the campaign deals with a feature. */
  boolean admits(FeatureId feature) {
    return !only || descriptions.containsKey(feature);
  }

  /** What is known of a feature. */
  Optional<Explanation> explanation(FeatureId feature) {
    return Optional.ofNullable(descriptions.get(feature))
        .map(text -> Explanation.imported(feature, file, text));
  }
}
