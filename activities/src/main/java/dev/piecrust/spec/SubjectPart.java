package dev.piecrust.spec;

import dev.piecrust.campaign.CampaignNames;
import dev.piecrust.campaign.SubjectSpec;
import java.util.Optional;

/** The {@code subject:} of a spec. */
final class SubjectPart {
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
    if (spec.node("train").isEmpty()) {
      return reader.read(SubjectSpec.class, map).make();
    }
    Values<SubjectSpec> values = reader.read(SubjectSpec.class, map, "transcoder");
    values.set(
        "transcoder",
        map.node("transcoder")
            .map(node -> reader.paths().newFolder(map.path("transcoder"), node))
            .orElseGet(() -> name.filter(CampaignNames::allow).map(reader.paths()::beside)));
    return values.make();
  }
}
