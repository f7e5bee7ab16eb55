package dev.piecrust.spec;

import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.key.RecordKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** The {@code tasks:} of a spec. */
final class TasksPart {
  private final RecordReader reader;
  private final Set<String> names = new HashSet<>();

  TasksPart(RecordReader reader) {
    this.reader = reader;
  }

  /**
   * Reads it.
   *
   * @param trains whether the campaign trains a transcoder, and need do nothing else
   */
  List<TaskSpec> read(YamlMap spec, boolean trains) {
    List<TaskSpec> tasks = new ArrayList<>();
    boolean none = trains && spec.node("interpret").isEmpty();
    Optional<Node> list = none ? spec.node("tasks") : spec.required("tasks");
    List<Node> items = spec.list("tasks").orElse(List.of());
    if (list.isPresent() && items.isEmpty() && !none) {
      reader
          .problems()
          .add(list.get().getStartMark(), "tasks", "has no task, expected at least one");
    }
    for (int i = 0; i < items.size(); i++) {
      task("tasks[%d]".formatted(i), items.get(i)).ifPresent(tasks::add);
    }
    return tasks;
  }

  private Optional<TaskSpec> task(String path, Node node) {
    int before = reader.problems().count();
    YamlMap map = YamlMap.of(path, node, RecordKeys.of(TaskSpec.class).keys(), reader.problems());
    Values<TaskSpec> values = reader.read(TaskSpec.class, map, "path");
    Optional<TaskKind> kind = values.get("kind", TaskKind.class);
    values.set("name", name(map, node, values.get("name", String.class), kind));
    if (kind.filter(k -> k != TaskKind.FILE).isPresent()) {
      map.note(
          "path",
          "is given with kind %s, expected it with kind file alone".formatted(kind.get().label()));
    } else if (kind.isPresent()) {
      values.set(
          "path", map.required("path").flatMap(at -> reader.paths().file(map.path("path"), at)));
    }
    return reader.problems().count() > before ? Optional.empty() : values.make();
  }

  private Optional<String> name(
      YamlMap map, Node node, Optional<String> written, Optional<TaskKind> kind) {
    Optional<String> name =
        written.or(() -> map.node("name").isEmpty() ? kind.map(TaskKind::label) : Optional.empty());
    if (name.isPresent() && !names.add(name.get())) {
      reader
          .problems()
          .add(
              map.node("name").orElse(node).getStartMark(),
              map.path("name"),
              "'%s' is the name of another task too, expected a name of its own"
                  .formatted(name.get()));
    }
    return name;
  }
}
