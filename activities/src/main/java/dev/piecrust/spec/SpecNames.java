package dev.piecrust.spec;

import dev.piecrust.campaign.CampaignNames;
import java.util.Optional;

/** Reads names of campaigns and tasks. */
final class SpecNames {
  private SpecNames() {}

  static Optional<String> read(YamlMap map, String key) {
    Optional<String> name = map.text(key);
    if (name.isPresent() && !CampaignNames.allow(name.get())) {
      map.note(
          key,
          "'%s' is no name, expected %s"
              .formatted(CampaignNames.quotable(name.get()), CampaignNames.EXPECTED));
      return Optional.empty();
    }
    return name;
  }
}
