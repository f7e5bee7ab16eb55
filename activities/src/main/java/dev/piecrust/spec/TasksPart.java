package dev.piecrust.spec;

import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** The {@code tasks:} of a spec. */
final class TasksPart {
  private static final YamlChoice<TaskKind> KINDS =
      new YamlChoice<>(TaskKind.class, TaskKind::label);

  private static final SpecKeys KEYS =
      SpecKeys.of(
          SpecKey.choice(
              "kind",
              KINDS,
              SpecKey.REQUIRED,
              "Where prompts come from: a generator, or a file of pairs."),
          SpecKey.of(
              "name",
              SpecNames.VALUE,
              "the kind's name",
              "What the task is called; no two have the same name."),
          SpecKey.whole(
              "prompts",
              1,
              TaskSpec.MOST_PROMPTS,
              TaskSpec.DEFAULT_PROMPTS,
              "How many pairs of prompts; of a file, the first so many."),
          SpecKey.seed(0, "Seed of the generator."),
          SpecKey.text(
              "path",
              "a file of prompt pairs, one JSON object a line",
              "required of kind file, and of no other",
              "The pairs: text_clean, text_corr, io_clean and s_clean each."));

  static final SpecKey ALL =
      new SpecKey(
          "tasks",
          new SpecValue.Groups(KEYS, "a list of tasks, such as [{kind: ioi, prompts: 100}]"),
          SpecKey.REQUIRED,
          "What the model is asked to do; each task is pruned and measured by itself.");

  private final SpecPaths paths;
  private final SpecProblems problems;
  private final Set<String> names = new HashSet<>();

  TasksPart(SpecPaths paths, SpecProblems problems) {
    this.paths = paths;
    this.problems = problems;
  }

  List<TaskSpec> read(YamlMap spec) {
    List<TaskSpec> tasks = new ArrayList<>();
    Optional<Node> list = spec.required("tasks");
    List<Node> items = spec.list("tasks").orElse(List.of());
    if (list.isPresent() && items.isEmpty()) {
      problems.add(list.get().getStartMark(), "tasks", "has no task, expected at least one");
    }
    for (int i = 0; i < items.size(); i++) {
      task("tasks[%d]".formatted(i), items.get(i)).ifPresent(tasks::add);
    }
    return tasks;
  }

  private Optional<TaskSpec> task(String path, Node node) {
    int before = problems.count();
    YamlMap map = YamlMap.of(path, node, KEYS, problems);
    Optional<TaskKind> kind = Optional.empty();
    if (map.required("kind").isPresent()) {
      kind = KINDS.read(map, "kind", problems);
    }
    Optional<String> name = name(map, node, kind);
    int prompts = map.whole("prompts", TaskSpec.DEFAULT_PROMPTS);
    long seed = map.whole("seed").orElse(0L);
    Optional<String> file = kind.flatMap(k -> file(map, k));
    return problems.count() > before || kind.isEmpty() || name.isEmpty()
        ? Optional.empty()
        : Optional.of(new TaskSpec(name.get(), kind.get(), prompts, seed, file));
  }

  private Optional<String> name(YamlMap map, Node node, Optional<TaskKind> kind) {
    Optional<String> name =
        SpecNames.read(map, "name", problems)
            .or(() -> map.node("name").isEmpty() ? kind.map(TaskKind::label) : Optional.empty());
    if (name.isPresent() && !names.add(name.get())) {
      problems.add(
          map.node("name").orElse(node).getStartMark(),
          map.path("name"),
          "'%s' is the name of another task too, expected a name of its own".formatted(name.get()));
    }
    return name;
  }

  private Optional<String> file(YamlMap map, TaskKind kind) {
    if (kind == TaskKind.FILE) {
      return map.required("path").flatMap(node -> paths.file(map.path("path"), node));
    }
    map.node("path")
        .ifPresent(
            node ->
                problems.add(
                    node.getStartMark(),
                    map.path("path"),
                    "is given with kind %s, expected it with kind file alone"
                        .formatted(kind.label())));
    return Optional.empty();
  }
}
