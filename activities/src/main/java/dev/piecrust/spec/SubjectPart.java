package dev.piecrust.spec;

import dev.piecrust.campaign.CampaignNames;
import dev.piecrust.campaign.SubjectSpec;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The {@code subject:} of a spec. */
final class SubjectPart {
  private static final String TRANSCODER = "transcoder";

  /** An id is a name with nine characters more. */
  private static final Pattern CAMPAIGN =
      Pattern.compile("campaign:[A-Za-z0-9][A-Za-z0-9._-]{0,72}");

  private SubjectPart() {}

  /**
   * Reads it; empty where something is wrong.
   *
   * @param name of the campaign: the transcoder of one that trains it need not be there, and lies
   *     beside the spec under that name where nothing is said
   */
  static Optional<SubjectSpec> read(RecordReader reader, YamlMap spec, Optional<String> name) {
    if (spec.required("subject").isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = spec.map("subject");
    boolean trains = spec.node("train").isPresent();
    Optional<String> campaign = campaign(map);
    if (!trains && campaign.isEmpty()) {
      return reader.read(SubjectSpec.class, map).make();
    }
    Values<SubjectSpec> values = reader.read(SubjectSpec.class, map, TRANSCODER);
    values.set(
        TRANSCODER,
        campaign.isPresent()
            ? named(map, campaign.get(), trains)
            : trainedInto(reader.paths(), map, name));
    return values.make();
  }

  private static Optional<String> campaign(YamlMap map) {
    return map.node(TRANSCODER)
        .filter(ScalarNode.class::isInstance)
        .map(node -> ((ScalarNode) node).getValue())
        .filter(SubjectSpec::namesCampaign);
  }

  /** Whether there is such a campaign shows when the spec is pinned. */
  private static Optional<String> named(YamlMap map, String campaign, boolean trains) {
    if (trains) {
      map.note(TRANSCODER, "names a campaign, expected the folder that this one trains it into");
    } else if (!CAMPAIGN.matcher(campaign).matches()) {
      map.note(TRANSCODER, "names no campaign, expected campaign: and an id or a name");
    } else {
      return Optional.of(campaign);
    }
    return Optional.empty();
  }

  private static Optional<String> trainedInto(SpecPaths paths, YamlMap map, Optional<String> name) {
    return map.node(TRANSCODER)
        .map(node -> paths.newFolder(map.path(TRANSCODER), node))
        .orElseGet(() -> name.filter(CampaignNames::allow).map(paths::beside));
  }
}
