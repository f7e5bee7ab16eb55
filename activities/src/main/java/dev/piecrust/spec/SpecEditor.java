package dev.piecrust.spec;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.input.InputYaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Reads and changes single values of a spec's text, whether or not the whole is right. A value is
 * named by its path, such as {@code limits.usd}; {@code tasks[ioi].prompts} is that of the task of
 * this kind.
 */
public final class SpecEditor {
  private static final String TASKS = "tasks[";

  private final Map<String, Object> root;

  private SpecEditor(Map<String, Object> root) {
    this.root = root;
  }

  /** Takes a text; one that is no map in YAML is a user error. */
  public static SpecEditor of(String yaml) {
    Object read = new InputYaml("spec", "a campaign spec").load(yaml);
    if (read == null) {
      return new SpecEditor(new LinkedHashMap<>());
    }
    return map(read)
        .map(SpecEditor::new)
        .orElseThrow(() -> user("spec: is no group of keys, expected 'name: …' and more keys"));
  }

  /** The value at a path: a text, a number, a truth, a list or a map. */
  public Optional<Object> get(String path) {
    Optional<Object> at = Optional.of(root);
    for (String key : keys(path)) {
      at = at.flatMap(there -> step(there, key));
    }
    return at;
  }

  private static Optional<Object> step(Object at, String key) {
    return key.startsWith("[")
        ? task(at, key).map(task -> (Object) task)
        : map(at).map(map -> map.get(key));
  }

  /** The kinds of the tasks, in their order. */
  public List<String> tasks() {
    return entries(root.get("tasks")).stream()
        .map(task -> String.valueOf(task.get("kind")))
        .toList();
  }

  /** Sets a value, and makes what leads to it; nothing, an empty text or list takes it away. */
  public void set(String path, @Nullable Object value) {
    List<String> keys = keys(path);
    set(root, keys, value == null || value.equals("") || value.equals(List.of()) ? null : value);
  }

  private static void set(Map<String, Object> at, List<String> keys, @Nullable Object value) {
    String key = keys.get(0);
    List<String> rest = keys.subList(1, keys.size());
    if (rest.isEmpty()) {
      put(at, key, value);
    } else if (rest.get(0).startsWith("[")) {
      setTask(at, key, rest, value);
    } else {
      Map<String, Object> child = map(at.get(key)).orElseGet(LinkedHashMap::new);
      set(child, rest, value);
      put(at, key, child.isEmpty() ? null : child);
    }
  }

  private static void setTask(
      Map<String, Object> at, String key, List<String> rest, @Nullable Object value) {
    List<Map<String, Object>> tasks = entries(at.get(key));
    Optional<Map<String, Object>> there = task(tasks, rest.get(0));
    if (rest.size() == 1) {
      there.ifPresent(tasks::remove);
    } else {
      Map<String, Object> task = there.orElseGet(LinkedHashMap::new);
      if (there.isEmpty() && value != null) {
        task.put("kind", kind(rest.get(0)));
        tasks.add(task);
      }
      set(task, rest.subList(1, rest.size()), value);
    }
    put(at, key, tasks.isEmpty() ? null : tasks);
  }

  private static void put(Map<String, Object> at, String key, @Nullable Object value) {
    if (value == null) {
      at.remove(key);
    } else {
      at.put(key, value);
    }
  }

  /** The text, a key a line. */
  public String write() {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.AUTO);
    options.setIndent(2);
    options.setWidth(100);
    options.setSplitLines(false);
    return root.isEmpty()
        ? ""
        : new Yaml(new SafeConstructor(new LoaderOptions()), new Representer(options), options)
            .dumpAs(root, null, null);
  }

  private static Optional<Map<String, Object>> task(@Nullable Object tasks, String key) {
    return entries(tasks).stream().filter(task -> kind(key).equals(task.get("kind"))).findFirst();
  }

  private static String kind(String key) {
    return key.substring(1, key.length() - 1);
  }

  private static List<String> keys(String path) {
    String plain = path.startsWith(TASKS) ? path.replaceFirst("\\[", ".[") : path;
    return List.of(plain.split("\\."));
  }

  private static List<Map<String, Object>> entries(@Nullable Object list) {
    List<Map<String, Object>> entries = new ArrayList<>();
    if (list instanceof List<?> many) {
      many.forEach(entry -> map(entry).ifPresent(entries::add));
    }
    return entries;
  }

  @SuppressWarnings("unchecked") // YAML's maps, and those made here
  private static Optional<Map<String, Object>> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map
            && map.keySet().stream().allMatch(String.class::isInstance)
        ? Optional.of((Map<String, Object>) map)
        : Optional.empty();
  }
}
