package dev.piecrust.spec;

import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import java.util.List;

/** The {@code prune:} of a spec. */
final class PrunePart {
  private PrunePart() {}

  static PruneSpec read(RecordReader reader, YamlMap spec) {
    YamlMap map = spec.map("prune");
    Values<PruneSpec> values = reader.read(PruneSpec.class, map);
    List<String> circuits =
        values.get("methods", List.class).stream()
            .flatMap(List<?>::stream)
            .map(Method.class::cast)
            .filter(method -> !method.perPrompt())
            .map(Method::label)
            .distinct()
            .toList();
    List<?> methods = values.get("methods", List.class).orElse(List.of());
    if (!circuits.isEmpty() && methods.stream().distinct().count() == circuits.size()) {
      map.note(
          "methods",
          "has %s alone, expected a method beside it, such as fap"
              .formatted(String.join(" and ", circuits)));
      values.remove("methods");
    } else if (!circuits.isEmpty()
        && values.get("heldOut", Double.class).filter(share -> share == 0).isPresent()) {
      map.note(
          "held_out",
          "is 0, but %s needs prompts held out, expected more than 0".formatted(circuits.get(0)));
      values.remove("heldOut");
    }
    return values.make().orElseThrow();
  }
}
