package dev.piecrust.cli;

import dev.piecrust.bench.BenchShape;
import dev.piecrust.bench.PruneBench;
import dev.piecrust.bench.PruneReport;
import dev.piecrust.bench.PruneReportText;
import dev.piecrust.campaign.Json;
import dev.piecrust.llm.Providers;
import dev.piecrust.llm.bench.LlmBench;
import dev.piecrust.llm.bench.LlmBenchReport;
import dev.piecrust.store.Stores;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the program's own code beside what the machine can do. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures pruning on random checkpoints, beside this machine's own best matrix product and"
          + " file reads; or what the way to a language model costs by itself, against a local"
          + " server.",
      "",
      "The checkpoint is written to a temporary folder and deleted afterwards; its size and the"
          + " memory that the run will take are checked first."
    })
final class BenchCommand implements Callable<Integer> {
  /** What can be measured. */
  enum Name {
    PRUNE,
    LLM
  }

  /** The presets, for the help. */
  static final class Shapes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return BenchShape.names().iterator();
    }
  }

  private final Session session;

  @Parameters(paramLabel = "NAME", description = "What to measure: prune or llm.")
  private Name name = Name.PRUNE;

  @Option(
      names = "--shape",
      defaultValue = "small",
      completionCandidates = Shapes.class,
      description = {
        "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}), with changes where wanted:"
            + " medium,prompts=4,tokens=40.",
        "Numbers: layers, width, heads, kv-heads, inner, vocabulary, features (per layer), tokens,"
            + " prompts, active (occurrences per token and layer), bf16 (1, or 0 for f32)."
      })
  private String shape = "small";

  @Option(
      names = "--repeats",
      defaultValue = "3",
      description = "Runs of each phase, the best of which counts (default: ${DEFAULT-VALUE}).")
  private int repeats;

  @Option(
      names = "--rerank",
      description = "Measures the fap-synergy rerank of one prompt too: hundreds of passes.")
  private boolean rerank;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where the temporary folder is made (default: the system's place for them).")
  private Path parent = Path.of(System.getProperty("java.io.tmpdir", "."));

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  BenchCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return switch (name) {
      case PRUNE -> prune();
      case LLM -> llm();
    };
  }

  private int prune() {
    PrintStream progress = session.terminal().err();
    PruneReport report =
        new PruneBench(
                BenchShape.parse(shape), parent, Math.max(1, repeats), rerank, progress::println)
            .run();
    PrintStream out = session.terminal().out();
    if (json) {
      out.println(Json.write(report));
    } else {
      PruneReportText.lines(report).forEach(out::println);
    }
    return ExitStatus.DONE.code();
  }

  private int llm() {
    LlmBenchReport report = TemporaryDatabase.with(parent, BenchCommand::measured);
    PrintStream out = session.terminal().out();
    if (json) {
      out.println(Json.write(report));
    } else {
      report.lines().forEach(out::println);
    }
    return ExitStatus.DONE.code();
  }

  private static LlmBenchReport measured(Stores stores) {
    return new LlmBench(stores, Providers.ofEnvironment()).run();
  }
}
