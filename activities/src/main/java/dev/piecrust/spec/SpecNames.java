package dev.piecrust.spec;

import dev.piecrust.campaign.CampaignNames;
import java.util.Optional;

/** Reads names of campaigns and tasks. */
final class SpecNames {
  static final SpecValue VALUE =
      new SpecValue.Text(CampaignNames.PATTERN, "a name of " + CampaignNames.EXPECTED);

  private SpecNames() {}

  static Optional<String> read(YamlMap map, String key, SpecProblems problems) {
    Optional<String> name = map.text(key);
    if (name.isPresent() && !CampaignNames.allow(name.get())) {
      map.node(key)
          .ifPresent(
              node ->
                  problems.add(
                      node.getStartMark(),
                      map.path(key),
                      "'%s' is no name, expected %s"
                          .formatted(CampaignNames.quotable(name.get()), CampaignNames.EXPECTED)));
      return Optional.empty();
    }
    return name;
  }
}
