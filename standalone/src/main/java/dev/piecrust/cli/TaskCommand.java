package dev.piecrust.cli;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.chat.ChatTemplate;
import dev.piecrust.failure.Bounds;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.report.text.AlignedText;
import dev.piecrust.task.ChatPairs;
import dev.piecrust.task.PairFile;
import dev.piecrust.task.PromptPair;
import dev.piecrust.task.TaskGenerator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a task file. */
@Command(
    name = "task",
    mixinStandardHelpOptions = true,
    description = "Writes a generated task's prompt pairs to stdout, one JSON object a line.")
final class TaskCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "KIND",
      arity = "0..1",
      description = "This is the task to generate; --list names them.")
  private Optional<String> kind = Optional.empty();

  @Option(
      names = "--list",
      description = "Lists the tasks; with --tokenizer, whether it suits each.")
  private boolean list;

  @Option(
      names = "--tokenizer",
      paramLabel = "DIR",
      description = "Names a model's folder: every word of a pair must be one of its tokens.")
  private Optional<Path> tokenizer = Optional.empty();

  @Option(
      names = "--n",
      defaultValue = "100",
      description = "Sets how many pairs there are (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Sets the seed (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--chat",
      description =
          "Puts each prompt into a user's turn as the tokenizer's own chat template writes it; the"
              + " answer is the first token of the assistant's.")
  private boolean chat;

  @Option(
      names = "--instruction",
      paramLabel = "TEXT",
      description =
          "Is put in front of each prompt of --chat; '' for none (default: '"
              + ChatPairs.INSTRUCTION
              + "').")
  private Optional<String> instruction = Optional.empty();

  TaskCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (instruction.isPresent() && !chat) {
      throw user("--instruction is set without --chat, expected both or neither");
    }
    Bounds.between("--n", count, 1, TaskSpec.MOST_PROMPTS);
    if (list) {
      list();
    } else {
      TaskKind generated = generated();
      Path folder =
          tokenizer.orElseThrow(
              () ->
                  user(
                      "the option --tokenizer is missing, expected a model's folder (see './piecrust"
                          + " task --help')"));
      try (Tokenizer loaded = Tokenizer.load(folder)) {
        PairFile.write(
            pairs(TaskGenerator.of(generated), loaded, folder), session.terminal().out());
      }
    }
    session.terminal().out().flush();
    return ExitStatus.DONE.code();
  }

  private List<PromptPair> pairs(TaskGenerator task, Tokenizer loaded, Path folder) {
    return chat
        ? new ChatPairs(ChatTemplate.read(folder), instruction.orElse(ChatPairs.INSTRUCTION))
            .generate(task, loaded, count, seed)
        : task.generate(loaded, count, seed);
  }

  private TaskKind generated() {
    String wanted =
        kind.orElseThrow(() -> user("no task is named, expected one of %s, or --list", labels()));
    return generators()
        .filter(one -> one.label().equals(wanted.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () -> user("the task '%s' is not known, expected one of %s", wanted, labels()));
  }

  private void list() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("kind", "the answer is"));
    generators().forEach(one -> rows.add(List.of(one.label(), one.words())));
    if (tokenizer.isEmpty()) {
      AlignedText.left(rows).forEach(session.terminal().out()::println);
      return;
    }
    try (Tokenizer loaded = Tokenizer.load(tokenizer.get())) {
      List<List<String>> suited = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        List<String> row = new ArrayList<>(rows.get(i));
        row.add(i == 0 ? "this tokenizer" : suits(row.get(0), loaded));
        suited.add(row);
      }
      AlignedText.left(suited).forEach(session.terminal().out()::println);
    }
  }

  private String suits(String label, Tokenizer loaded) {
    TaskKind one = generators().filter(k -> k.label().equals(label)).findFirst().orElseThrow();
    try {
      TaskGenerator.of(one).generate(loaded, 1, seed);
      return "suits it";
    } catch (PieCrustException e) {
      return "does not know its words";
    }
  }

  private static Stream<TaskKind> generators() {
    return Arrays.stream(TaskKind.values()).filter(one -> one != TaskKind.FILE);
  }

  private static String labels() {
    return generators().map(TaskKind::label).collect(Collectors.joining(", "));
  }
}
