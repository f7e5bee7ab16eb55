package dev.piecrust.cli;

import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.failure.Bounds;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.task.DocstringTask;
import dev.piecrust.task.IoiTask;
import dev.piecrust.task.PairFile;
import dev.piecrust.task.PromptPair;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a task file. */
@Command(
    name = "task",
    mixinStandardHelpOptions = true,
    description = "Writes a generated task's prompt pairs to stdout, one JSON object a line.")
final class TaskCommand implements Callable<Integer> {
  /** What can be generated. */
  enum Kind {
    IOI,
    DOCSTRING
  }

  private final Session session;

  @Parameters(paramLabel = "KIND", description = "This is the task to generate: ioi or docstring.")
  private Kind kind = Kind.IOI;

  @Option(
      names = "--tokenizer",
      required = true,
      paramLabel = "DIR",
      description = "Names a model's folder: every word of a pair must be one of its tokens.")
  private Path tokenizer = Path.of(".");

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

  TaskCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Bounds.between("--n", count, 1, TaskSpec.MOST_PROMPTS);
    try (Tokenizer loaded = Tokenizer.load(tokenizer)) {
      PairFile.write(generate(loaded), session.terminal().out());
      session.terminal().out().flush();
    }
    return ExitStatus.DONE.code();
  }

  private List<PromptPair> generate(Tokenizer loaded) {
    return switch (kind) {
      case IOI -> IoiTask.generate(loaded, count, seed);
      case DOCSTRING -> DocstringTask.generate(loaded, count, seed);
    };
  }
}
