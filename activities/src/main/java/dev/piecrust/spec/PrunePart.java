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
    List<?> methods = values.get("methods", List.class).orElse(List.of());
    if (methods.equals(List.of(Method.CIRCUIT_SWAP))) {
      map.note("methods", "has circuit-swap alone, expected a method beside it, such as fap");
      values.remove("methods");
    } else if (methods.contains(Method.CIRCUIT_SWAP)
        && values.get("heldOut", Double.class).filter(share -> share == 0).isPresent()) {
      map.note("held_out", "is 0, but circuit-swap needs prompts held out, expected more than 0");
      values.remove("heldOut");
    }
    return values.make().orElseThrow();
  }
}
