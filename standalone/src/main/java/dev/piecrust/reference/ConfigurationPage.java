package dev.piecrust.reference;

import dev.piecrust.campaign.SpecReference;
import java.util.ArrayList;
import java.util.List;

/** The reference of specs and environment variables, as a page of Markdown. */
public final class ConfigurationPage {
  private static final String INTRODUCTION =
      """
      # Configuration

      Made from the code by `./piecrust reference`; a test fails where this page says anything else.

      ## Campaign specs

      A spec is a YAML file. Paths in it are relative to it; `tasks[].kind` is the `kind` of each task. Where a key is left out, its
      default holds; `–` is none, or for a group, that each of its keys may be left out. A mistake is answered with its line and column and what
      was expected there, and nothing is started.
      """;

  private static final String VARIABLES =
      """
      ## Environment variables

      Settings of Quarkus that are not listed hold too, as `QUARKUS_…`.
      """;

  private static final String FILES =
      """
      ## Files

      `prices.json` in the home has prices of language models beside the table that ships with the program, or instead of its own:

      ```json
      {"models": {"openai": {"own-model": {"input": 0.25, "cached_input": 0.025, "output": 2, "reasoning": 2, "batch_share": 0.5}}}}
      ```

      In USD per million tokens; `batch_share` is what a batch costs, as a share of them.
      """;

  private ConfigurationPage() {}

  public static String text() {
    List<String> blocks = new ArrayList<>();
    blocks.add(INTRODUCTION);
    blocks.add(keys());
    blocks.add(VARIABLES);
    for (VariableGroup group : EnvironmentReference.groups()) {
      blocks.add("### " + group.title() + "\n");
      blocks.add(variables(group));
    }
    blocks.add(FILES);
    return String.join("\n", blocks);
  }

  private static String keys() {
    StringBuilder table = new StringBuilder();
    row(table, "key", "expected", "default", "what it is for");
    row(table, "---", "---", "---", "---");
    for (SpecReference.Entry entry : SpecReference.entries()) {
      row(table, code(entry.path()), entry.expected(), entry.usual(), entry.purpose());
    }
    return table.toString();
  }

  private static String variables(VariableGroup group) {
    StringBuilder table = new StringBuilder();
    row(table, "variable", "default", "what it is for");
    row(table, "---", "---", "---");
    for (Variable variable : group.variables()) {
      row(table, code(variable.name()), variable.usual(), variable.purpose());
    }
    return table.toString();
  }

  private static void row(StringBuilder table, String... cells) {
    table.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String code(String name) {
    return "`" + name + "`";
  }
}
