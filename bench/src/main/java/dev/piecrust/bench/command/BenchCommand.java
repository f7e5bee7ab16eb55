package dev.piecrust.bench.command;

import dev.piecrust.bench.circuits.CircuitsBench;
import dev.piecrust.bench.circuits.CircuitsReport;
import dev.piecrust.bench.devices.DevicesBench;
import dev.piecrust.bench.devices.DevicesReport;
import dev.piecrust.bench.export.ExportBench;
import dev.piecrust.bench.export.ExportReport;
import dev.piecrust.bench.llm.LlmBench;
import dev.piecrust.bench.llm.LlmBenchReport;
import dev.piecrust.bench.load.LoadBench;
import dev.piecrust.bench.load.LoadReport;
import dev.piecrust.bench.orchestration.OrchestrationBench;
import dev.piecrust.bench.orchestration.OrchestrationReport;
import dev.piecrust.bench.prune.BenchPrompts;
import dev.piecrust.bench.prune.BenchShape;
import dev.piecrust.bench.prune.PruneBench;
import dev.piecrust.bench.prune.PruneReport;
import dev.piecrust.bench.prune.PruneReportText;
import dev.piecrust.bench.train.TrainBench;
import dev.piecrust.bench.train.TrainReport;
import dev.piecrust.bench.web.WebBench;
import dev.piecrust.bench.web.WebReport;
import dev.piecrust.bench.web.WebSize;
import dev.piecrust.failure.Bounds;
import dev.piecrust.llm.Providers;
import dev.piecrust.store.Stores;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the program's own code beside what the machine can do. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the program's own code beside what this machine can do.",
      "prune measures pruning on random checkpoints, beside this machine's own best"
          + " matrix product and file reads. full-shape does the same once on IOI prompts,"
          + " with random weights in the very files of a published model and its transcoder."
          + " llm measures what the way to a language model costs by itself, against a local"
          + " server. orchestration measures what the durable plans of a large campaign cost"
          + " by themselves, beside plain activity calls on the same Temporal server (a real"
          + " one where PIECRUST_TEMPORAL_CLI or the PATH has the 'temporal' command). web"
          + " measures how fast every page and list answers over a large installation. load"
          + " measures what a crowd of clients, slow and hostile ones among them, is answered"
          + " and costs a running campaign. export measures how long exports of 10 thousand"
          + " to a million results take, and that their memory does not grow with them. devices"
          + " measures how much faster a campaign is on more workers of this machine, and"
          + " simulates up to 64. train measures the steps of a training at the shape of"
          + " Gemma-3-270M, beside this machine's own best matrix product. circuits compares how"
          + " rankings of features carry over to prompts that were held out, on the demo model.",
      "",
      "The checkpoint is written to a temporary folder and deleted afterwards; its"
          + " size and the memory that the run will take are checked first."
    })
public final class BenchCommand implements Callable<Integer> {
  /** What can be measured. */
  enum Name {
    PRUNE("prune"),
    FULL_SHAPE("full-shape"),
    LLM("llm"),
    ORCHESTRATION("orchestration"),
    WEB("web"),
    LOAD("load"),
    EXPORT("export"),
    DEVICES("devices"),
    TRAIN("train"),
    CIRCUITS("circuits");

    private final String label;

    Name(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /** The presets, for the help. */
  static final class Shapes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return BenchShape.names().iterator();
    }
  }

  private final BenchHost host;

  @Parameters(
      paramLabel = "NAME",
      description =
          "This is what to measure: prune, full-shape, llm, orchestration, web, load, export,"
              + " devices, train or circuits.")
  private Name name = Name.PRUNE;

  @Option(
      names = "--shape",
      completionCandidates = Shapes.class,
      description = {
        "Names one of ${COMPLETION-CANDIDATES} (default: small, of full-shape llama-3.2-1b),"
            + " divided by a number and with changes where wanted: gemma-2-2b/8,"
            + " medium,prompts=4,tokens=40.",
        "The numbers that can change are layers, width, heads, kv-heads, head-size, inner,"
            + " vocabulary, features (per layer), tokens, prompts, active (occurrences per token"
            + " and layer), bf16 (1, or 0 for f32)."
      })
  private Optional<String> shape = Optional.empty();

  @Option(
      names = "--repeats",
      description =
          "Sets how often each phase runs, of which the best counts; 1 is for once and cold"
              + " (default: 3, of full-shape 1).")
  private Optional<Integer> repeats = Optional.empty();

  @Option(
      names = "--rerank",
      description = "Measures the fap-synergy rerank of one prompt too, in hundreds of passes.")
  private boolean rerank;

  @Mixin private CampaignSizeOptions campaign = new CampaignSizeOptions();

  @Mixin private WebSizeOptions web = new WebSizeOptions();

  @Mixin private LoadSizeOptions load = new LoadSizeOptions();

  @Option(
      names = "--exported",
      split = ",",
      paramLabel = "N",
      defaultValue = "10000,100000,1000000",
      description =
          "For export, sets how many results each campaign has (default: ${DEFAULT-VALUE}).")
  private List<Integer> exported = List.of();

  @Option(
      names = "--workers",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2",
      description =
          "For devices, sets on how many workers of one thread each the campaign runs, one run after"
              + " the other (default: ${DEFAULT-VALUE}).")
  private List<Integer> workers = List.of();

  @Option(
      names = "--task-prompts",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "For circuits, sets the prompts of each task, of which a quarter is held out (default:"
              + " ${DEFAULT-VALUE}).")
  private int taskPrompts;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Says where the temporary folder is made (default: the system's place for them).")
  private Path parent = Path.of(System.getProperty("java.io.tmpdir", "."));

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  /**
   * @param host the program that it is a command of
   */
  public BenchCommand(BenchHost host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    return switch (name) {
      case PRUNE -> prune("small", BenchPrompts.RANDOM, 3);
      case FULL_SHAPE -> prune("llama-3.2-1b", BenchPrompts.IOI, 1);
      case LLM -> llm();
      case ORCHESTRATION -> orchestration();
      case WEB -> web(web.size());
      case LOAD -> load();
      case EXPORT -> export();
      case DEVICES -> devices();
      case TRAIN -> train();
      case CIRCUITS -> circuits();
    };
  }

  private int prune(String usualShape, BenchPrompts prompts, int usualRepeats) {
    int times = repeats.orElse(usualRepeats);
    Bounds.atLeast("--repeats", times, 1);
    PruneReport report =
        new PruneBench(
                BenchShape.parse(shape.orElse(usualShape)),
                prompts,
                parent,
                Math.max(1, repeats.orElse(usualRepeats)),
                rerank,
                this::progress)
            .run();
    return print(report, PruneReportText.lines(report));
  }

  private int llm() {
    LlmBenchReport report = TemporaryDatabase.with(parent, BenchCommand::measured);
    return print(report, report.lines());
  }

  private static LlmBenchReport measured(Stores stores) {
    return new LlmBench(stores, Providers.ofEnvironment()).run();
  }

  private int orchestration() {
    OrchestrationBench bench =
        new OrchestrationBench(campaign.size(), host.plans(), this::progress);
    OrchestrationReport report =
        TemporaryFolder.with(parent, folder -> bench.run(System.getenv(), folder));
    return print(report, report.lines());
  }

  private int load() {
    LoadBench bench = new LoadBench(load.size(), host.root(), host.homes(), this::progress);
    LoadReport report = TemporaryFolder.with(parent, bench::run);
    return print(report, report.lines());
  }

  private int export() {
    exported.forEach(results -> Bounds.atLeast("--exported", results, 1));
    ExportBench bench = new ExportBench(exported, this::progress);
    ExportReport report = TemporaryFolder.with(parent, bench::run);
    return print(report, report.lines());
  }

  private int devices() {
    DevicesBench bench =
        new DevicesBench(workers, host.root(), host.homes(), host.plans(), this::progress);
    DevicesReport report =
        TemporaryFolder.with(parent, folder -> bench.run(System.getenv(), folder));
    return print(report, report.lines());
  }

  private int train() {
    int times = repeats.orElse(3);
    Bounds.atLeast("--repeats", times, 1);
    TrainReport report = new TrainBench(times, this::progress).run();
    return print(report, report.lines());
  }

  private int circuits() {
    Bounds.atLeast("--task-prompts", taskPrompts, 12);
    CircuitsReport report =
        new CircuitsBench(host.root().resolve("demo"), taskPrompts, this::progress).run();
    return print(report, report.lines());
  }

  private int web(WebSize size) {
    return host.besideServer(
        server -> {
          WebBench bench = new WebBench(size, this::progress);
          WebReport report =
              TemporaryFolder.with(
                  parent, folder -> bench.run(server, web.database(folder), folder));
          return print(report, report.lines());
        });
  }

  private void progress(String what) {
    host.err().println(what);
  }

  private int print(Object report, List<String> lines) {
    PrintStream out = host.out();
    if (json) {
      host.printJson(report);
    } else {
      lines.forEach(out::println);
    }
    return ExitCode.OK;
  }
}
