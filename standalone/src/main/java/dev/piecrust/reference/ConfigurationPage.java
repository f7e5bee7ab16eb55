package dev.piecrust.reference;

import dev.piecrust.spec.SpecReference;
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
      {"date": "2026-11-28", "source": "the provider's page", "models": {"openai": {"own-model": {
        "input": 0.25, "cached_input": 0.025, "cache_write": 0.3, "output": 2, "reasoning": 2,
        "batch_share": 0.5, "flex_share": 0.5, "priority_times": 2, "region_times": 1.1,
        "long_context": {"above": 272000, "input_times": 2, "output_times": 1.5}}}}}
      ```

      In USD per million tokens. Only `input` and `output` are needed: tokens that the provider reads from its cache, or writes to it, cost as input does where nothing
      is said, reasoning as output, a batch the full price, flex as a batch, priority twice the price. `region_times` holds for OpenAI's addresses of a region
      (`https://eu.api.openai.com/v1`). `long_context` has the prices of a call whose prompt has more tokens than `above`: as factors, or as `input`,
      `cached_input`, `cache_write`, `output`, `reasoning`. Each model may have its own `as_of` and `source`. `./piecrust prices` shows all prices with their day and source;
      `./piecrust prices --import model_prices_and_context_window.json` takes those of a LiteLLM list into this file. A price that is more than 90 days old is said to be so
      by `estimate`, `doctor`, `run` and the page of a new campaign.
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
