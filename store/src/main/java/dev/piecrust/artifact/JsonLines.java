package dev.piecrust.artifact;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.campaign.Json;
import dev.piecrust.failure.PieCrustException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Artifacts of gzip'd JSON lines, one record a line.
 *
 * @param type of the records
 */
public record JsonLines<T>(ArtifactStore artifacts, Class<T> type) {
  /** Stores the records, in order. */
  public ArtifactRef write(List<T> records) {
    return artifacts.put(
        out -> {
          GZIPOutputStream zip = new GZIPOutputStream(out);
          for (T line : records) {
            zip.write(Json.mapper().writeValueAsBytes(line));
            zip.write('\n');
          }
          zip.finish();
        });
  }

  /** Reads them back; an artifact that cannot be read is an external failure. */
  public List<T> read(ArtifactRef ref) {
    List<T> records = new ArrayList<>();
    forEach(ref, records::add);
    return records;
  }

  /** Hands them on one after the other, without holding them all. */
  public void forEach(ArtifactRef ref, Consumer<T> sink) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(artifacts.open(ref)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        sink.accept(Json.mapper().readValue(line, type));
      }
    } catch (IOException e) {
      throw PieCrustException.external("artifact " + ref.sha256() + " cannot be read", e);
    }
  }
}
