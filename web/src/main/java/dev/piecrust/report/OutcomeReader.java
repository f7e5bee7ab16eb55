package dev.piecrust.report;

import com.fasterxml.jackson.databind.MappingIterator;
import dev.piecrust.artifact.ArtifactRef;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.store.UnitRow;
import dev.piecrust.store.UnitStore;
import dev.piecrust.workflow.prune.Stages;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Reads the outcomes of a campaign from the artifacts of its fidelity units, one unit at a time.
 */
final class OutcomeReader {
  private final UnitStore units;
  private final ArtifactStore artifacts;
  private final String campaignId;

  /** Receives outcomes. */
  @FunctionalInterface
  interface Sink {
    void accept(PromptOutcome outcome) throws IOException;
  }

  OutcomeReader(UnitStore units, ArtifactStore artifacts, String campaignId) {
    this.units = units;
    this.artifacts = artifacts;
    this.campaignId = campaignId;
  }

  /** Hands on all outcomes, by task (in the order of the spec), prompt and method. */
  void forEach(CampaignSpec spec, Sink sink) throws IOException {
    for (TaskSpec task : spec.tasks()) {
      String stage = Stages.fidelity(task.name());
      for (UnitRow unit : units.units(campaignId, stage)) {
        Optional<ArtifactRef> result = unit.result();
        if (unit.stage().equals(stage) && result.isPresent()) {
          for (PromptOutcome outcome : sorted(spec, read(result.get()))) {
            sink.accept(outcome);
          }
        }
      }
    }
  }

  private List<PromptOutcome> read(ArtifactRef ref) {
    try (InputStream in = new GZIPInputStream(artifacts.open(ref));
        MappingIterator<PromptOutcome> lines =
            Json.mapper().readerFor(PromptOutcome.class).readValues(in)) {
      List<PromptOutcome> outcomes = new ArrayList<>();
      while (lines.hasNextValue()) {
        outcomes.add(lines.nextValue());
      }
      return outcomes;
    } catch (IOException e) {
      throw PieCrustException.external(
          "artifact %s holds no readable outcomes".formatted(ref.sha256()), e);
    }
  }

  private static List<PromptOutcome> sorted(CampaignSpec spec, List<PromptOutcome> outcomes) {
    List<String> methods = spec.prune().methods().stream().map(Method::label).toList();
    return outcomes.stream()
        .sorted(
            Comparator.comparingInt(PromptOutcome::index)
                .thenComparingInt(outcome -> methods.indexOf(outcome.method())))
        .toList();
  }
}
