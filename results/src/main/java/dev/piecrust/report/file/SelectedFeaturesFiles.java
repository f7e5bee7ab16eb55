package dev.piecrust.report.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.PromptOutcome;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * {@code selected_features_k{K}.json} and {@code .txt}, a pair for each budget: the features that
 * are kept on at least one prompt.
 */
public final class SelectedFeaturesFiles implements ExportPart {
  private record Key(String task, String method, int budget) {}

  private final Map<Key, KeptCounts> counts = new HashMap<>();

  @Override
  public void prepare(ExportSource source, ExportFiles files) {
    source.reads(
        (task, prompt) -> {
          for (PromptOutcome outcome : prompt) {
            for (int budget : source.spec().prune().budgets()) {
              counts
                  .computeIfAbsent(new Key(task, outcome.method(), budget), k -> new KeptCounts())
                  .add(outcome, budget);
            }
          }
        });
  }

  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    for (int budget : source.spec().prune().budgets()) {
      String name = "selected_features_k" + budget;
      files.add(name + ".json", PrettyJson.of(json(source, budget)));
      files.add(name + ".txt", firstMethod(source, budget));
    }
  }

  private ObjectNode json(ExportSource source, int budget) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("campaign", source.status().id());
    root.put("k", budget);
    root.put(
        "txt",
        "the .txt file beside lists the Cantor ids of method %s, all tasks together, sorted"
            .formatted(source.spec().prune().promptMethods().get(0).label()));
    ObjectNode tasks = root.putObject("tasks");
    for (TaskSpec task : source.spec().tasks()) {
      ObjectNode methods = tasks.putObject(task.name()).putObject("methods");
      for (Method method : source.spec().prune().promptMethods()) {
        Key key = new Key(task.name(), method.label(), budget);
        fill(methods.putObject(method.label()), counts.getOrDefault(key, new KeptCounts()));
      }
    }
    return root;
  }

  private static void fill(ObjectNode node, KeptCounts kept) {
    node.put("num_prompts", kept.prompts());
    node.put("num_features", kept.counts().size());
    ArrayNode features = node.putArray("features");
    kept.counts()
        .forEach(
            (feature, count) ->
                features
                    .addObject()
                    .put("id", feature.cantor())
                    .put("layer", feature.layer())
                    .put("feature", feature.index())
                    .put("kept_count", count.prompts())
                    .put("kept_occurrences", count.occurrences()));
  }

  private ExportPart.Text firstMethod(ExportSource source, int budget) {
    String method = source.spec().prune().promptMethods().get(0).label();
    TreeSet<Long> ids = new TreeSet<>();
    for (TaskSpec task : source.spec().tasks()) {
      counts
          .getOrDefault(new Key(task.name(), method, budget), new KeptCounts())
          .counts()
          .keySet()
          .stream()
          .map(FeatureId::cantor)
          .forEach(ids::add);
    }
    return ExportPart.lines(ids.stream().map(String::valueOf).toList());
  }
}
