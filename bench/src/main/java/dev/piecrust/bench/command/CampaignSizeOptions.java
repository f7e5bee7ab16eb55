package dev.piecrust.bench.command;

import dev.piecrust.bench.orchestration.CampaignSize;
import picocli.CommandLine.Option;

/** How large the campaign is whose orchestration is measured. */
final class CampaignSizeOptions {
  /** As in a spec that does not say. */
  private static final int BATCH = 10;

  @Option(
      names = "--prompts",
      defaultValue = "2000",
      description =
          "For orchestration, sets how many prompts the campaign has (default: ${DEFAULT-VALUE}).")
  private int prompts;

  @Option(
      names = "--methods",
      defaultValue = "9",
      description =
          "For orchestration, sets how many pruning methods it has (default: ${DEFAULT-VALUE}).")
  private int methods;

  @Option(
      names = "--features",
      defaultValue = "1000",
      description =
          "For orchestration, sets how many features are explained and evaluated (default:"
              + " ${DEFAULT-VALUE}); the defaults take a minute or two.")
  private int features;

  CampaignSize size() {
    return new CampaignSize(prompts, BATCH, methods, features, 0);
  }
}
