package dev.piecrust.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Whether a secret, or a door, is open by default. */
final class Secrets {
  private static final Pattern SECRET =
      Pattern.compile(".*(PASSWORD|PWD|SECRET|KEYS?|KEY_ID|TOKEN)$");

  /** Taken from {@code .env}, which must hold it, or where nothing means that there is none. */
  private static final Pattern NO_DEFAULT = Pattern.compile("\\$\\{\\w+:(\\?[^}]+|-)}");

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+)");

  private Secrets() {}

  static List<String> ofCompose(String yaml) {
    List<String> problems = new ArrayList<>();
    for (JsonNode service : DeployFolder.documents(yaml).get(0).path("services")) {
      for (JsonNode port : service.path("ports")) {
        if (!port.asText().startsWith("127.0.0.1:")) {
          problems.add("port " + port.asText() + " is open to other machines");
        }
      }
      for (Map.Entry<String, JsonNode> variable : service.path("environment").properties()) {
        String value = variable.getValue().asText();
        if (SECRET.matcher(variable.getKey()).matches() && !NO_DEFAULT.matcher(value).matches()) {
          problems.add(variable.getKey() + ": " + value);
        }
      }
    }
    return problems;
  }

  /** The examples hold no secret, and each variable that the compose file asks for is there. */
  static List<String> ofExamples() {
    List<String> problems = new ArrayList<>();
    for (Path file : DeployFolder.files(".example")) {
      DeployFolder.variables(file)
          .forEach(
              (name, value) -> {
                if (!value.isEmpty() && SECRET.matcher(name).matches()) {
                  problems.add(DeployFolder.name(file) + ": " + name + " has a value");
                }
              });
    }
    Set<String> asked = new TreeSet<>();
    REFERENCE
        .matcher(DeployFolder.text("compose.yaml"))
        .results()
        .forEach(result -> asked.add(result.group(1)));
    Set<String> offered =
        DeployFolder.variables(DeployFolder.ROOT.resolve(".env.example")).keySet();
    if (!asked.equals(offered)) {
      problems.add(".env.example has %s, the compose file asks for %s".formatted(offered, asked));
    }
    return problems;
  }
}
