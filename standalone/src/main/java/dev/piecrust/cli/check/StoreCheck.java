package dev.piecrust.cli.check;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * What reading all artifacts of a store showed.
 *
 * @param artifacts that were read
 * @param bytes of those that are intact
 * @param damaged a sentence on each that is missing or is not what its hash says
 */
public record StoreCheck(int artifacts, long bytes, List<String> damaged) {
  private static final double MB = 1e6;

  public StoreCheck {
    damaged = List.copyOf(damaged);
  }

  public static StoreCheck of(Collection<ArtifactRef> refs, ArtifactStore store) {
    long bytes = 0;
    List<String> damaged = new ArrayList<>();
    for (ArtifactRef ref : refs) {
      try {
        store.open(ref).close();
        bytes += ref.bytes();
      } catch (PieCrustException e) {
        damaged.add(String.valueOf(e.getMessage()));
      } catch (IOException e) {
        damaged.add("artifact %s could not be closed: %s".formatted(ref.sha256(), e));
      }
    }
    return new StoreCheck(refs.size(), bytes, damaged);
  }

  public List<String> lines() {
    List<String> lines = new ArrayList<>(damaged);
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d of %,d artifacts are intact, %.1f MB",
            artifacts - damaged.size(),
            artifacts,
            bytes / MB));
    return lines;
  }
}
