package dev.piecrust.cli;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CorpusSpec;
import dev.piecrust.campaign.FeatureRule;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.spec.SpecReader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The campaign that ships with the program. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Runs the demo campaign on the shipped model, and says what came out.")
final class DemoCommand implements Callable<Integer> {
  private static final int QUICK_PROMPTS = 10;
  private static final int QUICK_FEATURES = 20;
  private static final int QUICK_WINDOWS = 2000;

  private final Session session;

  @Option(
      names = "--quick",
      description = "Takes 10 prompts a task, and explains 20 features from 2,000 windows.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "piecrust-demo",
      description = "Names the folder for the exports (default: ./${DEFAULT-VALUE}).")
  private Path out = Path.of("piecrust-demo");

  @Option(names = "--fresh", description = "Forgets earlier results of this campaign first.")
  private boolean fresh;

  @Option(names = "--tables", description = WatchCommand.TABLES)
  private boolean tables;

  DemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    CampaignSpec demo = SpecReader.read(session.root().resolve("demo").resolve("demo.yaml"));
    CampaignRun run =
        new CampaignRun(session, quick ? quick(demo) : demo, out, fresh, tables, Optional.empty());
    return session.withRunningCampaigns(run::toTheEnd);
  }

  private static CampaignSpec quick(CampaignSpec demo) {
    return new CampaignSpec(
        demo.name() + "-quick",
        demo.subject(),
        demo.tasks().stream()
            .map(
                t ->
                    new TaskSpec(
                        t.name(),
                        t.kind(),
                        Math.min(t.prompts(), QUICK_PROMPTS),
                        t.seed(),
                        t.path()))
            .toList(),
        demo.prune(),
        demo.interpret().map(DemoCommand::quick),
        demo.evaluate(),
        demo.limits());
  }

  private static InterpretSpec quick(InterpretSpec interpret) {
    FeatureRule rule = interpret.features();
    CorpusSpec corpus = interpret.corpus();
    return new InterpretSpec(
        new FeatureRule(
            rule.method(), rule.budget(), rule.minKept(), Math.min(rule.atMost(), QUICK_FEATURES)),
        new CorpusSpec(
            corpus.path(),
            corpus.published(),
            Math.min(corpus.windows(), QUICK_WINDOWS),
            corpus.tokens()),
        interpret.evidence(),
        interpret.llm(),
        interpret.descriptions());
  }
}
