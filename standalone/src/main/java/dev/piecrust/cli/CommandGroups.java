package dev.piecrust.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Lists the commands in the help by what they are for. */
final class CommandGroups {
  private static final int NAME = 14;
  private static final int INDENT = 2;

  /** By title, in the order of the help. */
  private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put("Start", List.of("demo", "run", "train", "estimate", "doctor"));
    GROUPS.put(
        "Campaigns",
        List.of(
            "status",
            "watch",
            "pause",
            "resume",
            "budget",
            "retry",
            "finish",
            "cancel",
            "schedule"));
    GROUPS.put("Results", List.of("compare", "export", "ui"));
    GROUPS.put("Inputs", List.of("task", "fetch", "prices"));
    GROUPS.put(
        "Services and administration", List.of("serve", "worker", "admin", "reference", "schema"));
    GROUPS.put("Benchmarks", BenchCommands.NAMES);
  }

  private CommandGroups() {}

  /** Puts the groups in place of the one list. */
  static CommandLine in(CommandLine root) {
    Map<String, CommandLine.IHelpSectionRenderer> sections = root.getHelpSectionMap();
    sections.remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandGroups::render);
    root.setHelpSectionMap(sections);
    return root;
  }

  private static String render(Help help) {
    StringBuilder text = new StringBuilder();
    GROUPS.forEach(
        (title, names) -> {
          // Those that are hidden are not there.
          if (help.subcommands().keySet().containsAll(names)) {
            text.append(help.createHeading("%n" + title + ":%n")).append(table(help, names));
          }
        });
    return text.toString();
  }

  private static TextTable table(Help help, List<String> names) {
    int width = help.commandSpec().usageMessage().width();
    TextTable table =
        TextTable.forColumns(
            help.colorScheme(),
            new Column(NAME, INDENT, Overflow.SPAN),
            new Column(width - NAME, INDENT, Overflow.WRAP));
    for (String name : names) {
      String first =
          Objects.requireNonNull(help.subcommands().get(name))
              .commandSpec()
              .usageMessage()
              .description()[0];
      table.addRowValues(help.colorScheme().commandText(name), help.colorScheme().text(first));
    }
    return table;
  }
}
