package dev.piecrust.spec;

import dev.piecrust.campaign.DescriptionsSpec;
import dev.piecrust.exchange.DescriptionFile;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.Quote;
import java.nio.file.Path;
import java.util.Optional;

/** The {@code interpret.descriptions:} of a spec. */
final class DescriptionsPart {
  private DescriptionsPart() {}

  /** Reads it, and the file that it names; empty where there is none, or something is wrong. */
  static Optional<DescriptionsSpec> read(RecordReader reader, YamlMap interpret) {
    if (interpret.node("descriptions").isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = interpret.map("descriptions");
    Values<DescriptionsSpec> values = reader.read(DescriptionsSpec.class, map, "sha256");
    Optional<String> wanted = map.text("sha256");
    values.set(
        "sha256", values.get("path", String.class).flatMap(file -> sha256(map, wanted, file)));
    return values.make();
  }

  private static Optional<String> sha256(YamlMap map, Optional<String> wanted, String file) {
    String found;
    try {
      found = DescriptionFile.read(Path.of(file)).sha256();
    } catch (PieCrustException e) {
      map.noteInFile("path", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    if (wanted.isPresent() && !wanted.get().equals(found)) {
      map.note(
          "sha256",
          "is '%s', expected %s, that of %s".formatted(Quote.of(wanted.get()), found, file));
      return Optional.empty();
    }
    return Optional.of(found);
  }
}
