package dev.piecrust.bench.command;

import dev.piecrust.bench.load.LoadSize;
import picocli.CommandLine.Option;

/** How large the crowd is whose cost is measured. */
final class LoadSizeOptions {
  @Option(
      names = "--readers",
      defaultValue = "200",
      description =
          "For load, sets how many people ask for a page every 10 s each (default:"
              + " ${DEFAULT-VALUE}).")
  private int readers;

  @Option(
      names = "--streams",
      defaultValue = "2000",
      description =
          "For load, sets how many streams of events are open (default: ${DEFAULT-VALUE}).")
  private int streams;

  @Option(
      names = "--slow",
      defaultValue = "200",
      description =
          "For load, sets how many clients send or read a byte now and then (default:"
              + " ${DEFAULT-VALUE}).")
  private int slow;

  @Option(
      names = "--pruned",
      defaultValue = "300",
      description =
          "For load and devices, sets how many prompts each campaign prunes (default: ${DEFAULT-VALUE}).")
  private int prompts;

  /** Prompts of each campaign. */
  int prompts() {
    return prompts;
  }

  LoadSize size() {
    return new LoadSize(readers, streams, slow, prompts);
  }
}
