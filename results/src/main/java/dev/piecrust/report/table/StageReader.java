package dev.piecrust.report.table;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.campaign.Json;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.store.campaign.UnitRow;
import dev.piecrust.store.campaign.UnitStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Reads what the units of a stage left behind, mostly gzip'd JSON lines, one unit at a time. A
 * stage that did not run, or a unit without an artifact, has none.
 */
public final class StageReader {
  private static final int BUFFER = 1 << 16;

  private final UnitStore units;
  private final ArtifactStore artifacts;
  private final String campaignId;

  /** Receives the lines of one unit. */
  @FunctionalInterface
  interface Sink<T> {
    void accept(List<T> lines) throws IOException;
  }

  public StageReader(UnitStore units, ArtifactStore artifacts, String campaignId) {
    this.units = units;
    this.artifacts = artifacts;
    this.campaignId = campaignId;
  }

  /** Hands on the lines of every unit, in the order of the units. */
  <T> void forEachUnit(String stage, Class<T> type, Sink<T> sink) throws IOException {
    forEachResult(stage, (unit, result) -> sink.accept(read(stage, result, type)));
  }

  /** The lines of one unit. */
  public <T> List<T> ofUnit(FeatureUnit unit, String stage, Class<T> type) {
    return units
        .result(unit.campaignId(), stage, unit.unit())
        .map(result -> read(stage, result, type))
        .orElse(List.of());
  }

  /** Receives the name of a unit and what it left behind. */
  @FunctionalInterface
  public interface ResultSink {
    void accept(String unit, ArtifactRef result) throws IOException;
  }

  /** Hands on the result of every unit, in the order of the units. */
  public void forEachResult(String stage, ResultSink sink) throws IOException {
    for (UnitRow unit : units.ofStage(campaignId, stage)) {
      Optional<ArtifactRef> result = unit.result();
      if (result.isPresent()) {
        sink.accept(unit.unit(), result.get());
      }
    }
  }

  /** Opens a result as it is. */
  public InputStream open(ArtifactRef result) {
    return artifacts.open(result);
  }

  private <T> List<T> read(String stage, ArtifactRef ref, Class<T> type) {
    try (InputStream in = new GZIPInputStream(artifacts.open(ref), BUFFER);
        MappingIterator<T> lines =
            Json.mapper()
                .readerFor(type)
                .with(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .readValues(in)) {
      List<T> all = new ArrayList<>();
      while (lines.hasNextValue()) {
        all.add(lines.nextValue());
      }
      return all;
    } catch (IOException e) {
      throw PieCrustException.external(
          "artifact %s holds no readable results of stage '%s'".formatted(ref.sha256(), stage), e);
    }
  }
}
