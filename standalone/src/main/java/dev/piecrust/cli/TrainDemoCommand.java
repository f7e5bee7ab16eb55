package dev.piecrust.cli;

import dev.piecrust.demo.TrainDemo;
import dev.piecrust.demo.TrainDemoOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the demo model again. */
@Command(
    name = "train-demo",
    mixinStandardHelpOptions = true,
    description =
        "Trains the demo model and its transcoder anew, in less than half an hour on 2 cores.")
final class TrainDemoCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Names the folder to make, which must be new or empty.")
  private Path out = Path.of(".");

  @Option(
      names = "--seed",
      defaultValue = "" + TrainDemoOptions.SHIPPED_SEED,
      description = "Sets the seed (default: ${DEFAULT-VALUE}, that of the shipped model).")
  private long seed;

  TrainDemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    TrainDemoOptions shipped = TrainDemoOptions.shipped(out);
    TrainDemo.train(
        new TrainDemoOptions(
            out, seed, shipped.model(), shipped.transcoder(), shipped.corpusWindows()),
        line -> session.terminal().err().println(line));
    return ExitStatus.DONE.code();
  }
}
