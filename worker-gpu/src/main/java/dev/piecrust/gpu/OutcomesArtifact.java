package dev.piecrust.gpu;

import dev.piecrust.artifact.ArtifactRef;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.campaign.Json;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.feature.PromptOutcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The outcomes of a batch: gzip'd JSON lines, one prompt under one method each. */
final class OutcomesArtifact {
  private final ArtifactStore artifacts;

  OutcomesArtifact(ArtifactStore artifacts) {
    this.artifacts = artifacts;
  }

  ArtifactRef write(List<PromptOutcome> outcomes) {
    return artifacts.put(
        out -> {
          GZIPOutputStream zip = new GZIPOutputStream(out);
          for (PromptOutcome outcome : outcomes) {
            zip.write(Json.mapper().writeValueAsBytes(outcome));
            zip.write('\n');
          }
          zip.finish();
        });
  }

  List<PromptOutcome> read(ArtifactRef ref) {
    List<PromptOutcome> outcomes = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(artifacts.open(ref)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        outcomes.add(Json.mapper().readValue(line, PromptOutcome.class));
      }
      return outcomes;
    } catch (IOException e) {
      throw PieCrustException.external("artifact " + ref.sha256() + " cannot be read", e);
    }
  }
}
