package dev.piecrust.bench.command;

import dev.piecrust.bench.demo.TrainDemo;
import dev.piecrust.bench.demo.TrainDemoOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Makes the demo model again. */
@Command(
    name = "train-demo",
    mixinStandardHelpOptions = true,
    description =
        "Trains the demo model and its transcoder anew, in less than half an hour on 2 cores.")
public final class TrainDemoCommand implements Callable<Integer> {
  private final BenchHost host;

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

  /**
   * @param host the program that it is a command of
   */
  public TrainDemoCommand(BenchHost host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    TrainDemo.train(TrainDemoOptions.shipped(out, seed), line -> host.err().println(line));
    return ExitCode.OK;
  }
}
