package dev.piecrust.cli.check;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.artifact.ArtifactLocation;
import dev.piecrust.artifact.ArtifactStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes to an artifact store and reads that back. */
final class ArtifactCheck {
  private static final byte[] WRITTEN = "piecrust doctor".getBytes(StandardCharsets.UTF_8);

  private ArtifactCheck() {}

  static String of(ArtifactLocation location) throws IOException {
    try (ArtifactStore store = location.open()) {
      store.check();
      ArtifactRef ref = store.put(WRITTEN);
      try (var in = store.open(ref)) {
        return Arrays.equals(in.readAllBytes(), WRITTEN)
            ? "written and read in " + location
            : Finding.fail("what was read is not what was written");
      }
    }
  }
}
