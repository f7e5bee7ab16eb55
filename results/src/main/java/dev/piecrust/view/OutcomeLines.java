package dev.piecrust.view;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.campaign.Json;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.feature.Predictions;
import dev.piecrust.feature.PromptOutcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;

/**
 * Reads one prompt's outcomes out of those of a unit. A line holds a method's thousands of kept
 * occurrences: only the one that is wanted is parsed.
 */
final class OutcomeLines {
  /** A prompt under ten methods may have a megabyte of lines. */
  private static final int KEPT = 24;

  /** Units of ten prompts or so, whose predictions take some kilobytes each. */
  private static final int UNITS = 200;

  private static final int BUFFER = 1 << 16;

  private final ArtifactStore artifacts;
  private final Recent<Key, Map<String, String>> recent = new Recent<>(KEPT);
  private final Recent<UnitOfMethod, Map<Integer, Predictions>> expected = new Recent<>(UNITS);

  private record Key(ArtifactRef unit, int prompt) {}

  /** The first fields of a line. */
  private record Head(int index, String method) {}

  OutcomeLines(ArtifactStore artifacts) {
    this.artifacts = artifacts;
  }

  /** The methods that have an outcome of a prompt; none where the unit does not hold it. */
  Set<String> methods(ArtifactRef unit, int prompt) {
    return recent.get(new Key(unit, prompt), this::read).keySet();
  }

  /** What a method did on a prompt. */
  PromptOutcome of(ArtifactRef unit, int prompt, String method) {
    String line = recent.get(new Key(unit, prompt), this::read).getOrDefault(method, "");
    return Json.read(line, PromptOutcome.class, "artifact " + unit.sha256());
  }

  private record UnitOfMethod(ArtifactRef unit, String method) {}

  /** A line without its keep sets, which are most of it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Said(int index, Optional<Predictions> predictions) {}

  /** What the model expected on every prompt of a unit, by prompt, where it was recorded. */
  Map<Integer, Predictions> predictions(ArtifactRef unit, String method) {
    return expected.get(new UnitOfMethod(unit, method), this::expected);
  }

  private Map<Integer, Predictions> expected(UnitOfMethod key) {
    Map<Integer, Predictions> found = new HashMap<>();
    forEach(
        key.unit(),
        (head, line) -> {
          if (head.method().equals(key.method())) {
            Json.read(line, Said.class, "artifact " + key.unit().sha256())
                .predictions()
                .ifPresent(predictions -> found.put(head.index(), predictions));
          }
        });
    return found;
  }

  /** Lines by method. */
  private Map<String, String> read(Key key) {
    Map<String, String> found = new LinkedHashMap<>();
    forEach(
        key.unit(),
        (head, line) -> {
          if (head.index() == key.prompt()) {
            found.put(head.method(), line);
          }
        });
    return found;
  }

  private void forEach(ArtifactRef unit, BiConsumer<Head, String> sink) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(artifacts.open(unit), BUFFER), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        sink.accept(head(line), line);
      }
    } catch (IOException e) {
      throw PieCrustException.external(
          "artifact " + unit.sha256() + " holds no readable results", e);
    }
  }

  /** Both fields are among the first of a line, long before what is kept. */
  private static Head head(String line) throws IOException {
    int index = -1;
    try (JsonParser parser = Json.mapper().createParser(line)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME && "index".equals(parser.currentName())) {
          index = parser.nextIntValue(-1);
        } else if (token == JsonToken.FIELD_NAME && "method".equals(parser.currentName())) {
          return new Head(index, parser.nextTextValue());
        }
      }
    }
    return new Head(-1, "");
  }
}
