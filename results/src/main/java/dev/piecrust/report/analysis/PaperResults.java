package dev.piecrust.report.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** The paper's published figures, to be shown beside measured ones of the same subject and task. */
public final class PaperResults {
  private final JsonNode results;

  private PaperResults(JsonNode results) {
    this.results = results;
  }

  /** Those that come with the program. */
  public static PaperResults load() {
    try (InputStream in =
        Objects.requireNonNull(PaperResults.class.getResourceAsStream("paper-results.json"))) {
      return new PaperResults(Json.mapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the figures were published. */
  public String source() {
    return results.path("source").asText();
  }

  /**
   * The paper's name of this subject. A model is recognised by a part of its path that is exactly
   * one of the paper's names, in upper or lower case; a revision after {@code @} does not count,
   * and the {@code --} of download caches parts names too. So {@code /models/Llama-3.2-1B} and
   * {@code models--meta-llama--Llama-3.2-1B/snapshots/…} are recognised, and {@code
   * Llama-3.2-1B-Instruct} is another model.
   */
  public Optional<String> subject(SubjectSpec subject) {
    List<String> parts =
        Arrays.stream(subject.model().split("/|\\\\|--"))
            .map(part -> part.replaceAll("@.*", ""))
            .toList();
    return subjects().stream()
        .filter(name -> parts.stream().anyMatch(name::equalsIgnoreCase))
        .findFirst();
  }

  /**
   * The figures of the mean {@code kl_last} for this subject and kind of task, none for others; by
   * method and budget.
   */
  public List<Reference> klLast(SubjectSpec subject, TaskKind kind) {
    Optional<String> name = subject(subject);
    List<Reference> all = new ArrayList<>();
    if (kind != TaskKind.IOI || name.isEmpty()) {
      return all;
    }
    for (Map.Entry<String, JsonNode> method :
        results.path("ioi_kl_last").path(name.get()).properties()) {
      for (Map.Entry<String, JsonNode> budget : method.getValue().properties()) {
        JsonNode pair = budget.getValue(); // [mean, sd]
        all.add(
            new Reference(
                method.getKey(),
                Integer.parseInt(budget.getKey()),
                pair.path(0).asDouble(),
                OptionalDouble.of(pair.path(1).asDouble())));
      }
    }
    JsonNode random = results.path("random_active_set_to_match_k100").path(name.get());
    all.add(
        new Reference(
            "random",
            random.path("features").asInt(),
            random.path("kl_last").asDouble(),
            OptionalDouble.empty()));
    return all;
  }

  private List<String> subjects() {
    List<String> names = new ArrayList<>();
    results.path("ioi_kl_last").fieldNames().forEachRemaining(names::add);
    return names;
  }
}
