package dev.piecrust.examples;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.estimate.CampaignEstimate;
import dev.piecrust.estimate.LlmEstimate;
import dev.piecrust.estimate.Range;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.price.PriceTable;
import dev.piecrust.serve.Estimator;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a recipe takes, as a row of the page's table. */
final class EstimateRow {
  static final String HEAD =
      """
      | recipe | prompts | passes of a prompt | features | LLM calls | tokens in | tokens out | USD | to download | memory | at 100 GFLOP/s | at 20 TFLOP/s |
      | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
      """;

  /** Two cores of a server, and a GPU of a few years ago, at what a large matrix product takes. */
  private static final double TWO_CORES = 100e9;

  private static final double GPU = 20e12;
  private static final double GIB = 1L << 30;
  private static final double MINUTE = 60;
  private static final double HOUR = 60 * MINUTE;
  private static final double DAY = 24 * HOUR;

  private EstimateRow() {}

  /**
   * @param name of the file
   * @param download bytes of model and transcoder
   */
  static String of(String name, CampaignSpec spec, long download) {
    CampaignEstimate cores = estimate(spec, TWO_CORES);
    CampaignEstimate gpu = estimate(spec, GPU);
    LlmEstimate llm = cores.llm().orElseThrow();
    return "| "
        + String.join(
            " | ",
            List.of(
                "[`%1$s`](%1$s)".formatted(name),
                count(spec.tasks().stream().mapToInt(TaskSpec::prompts).sum()),
                count(cores.prunePasses().expected()),
                count(llm.features().expected()),
                count(llm.calls().expected()),
                count(llm.inputTokens().expected()),
                count(llm.outputTokens().expected()),
                llm.usd().map(EstimateRow::usd).orElse("unknown"),
                gib(download),
                gib(cores.memoryBytes()),
                span(cores.gpuSeconds()),
                span(gpu.gpuSeconds())))
        + " |\n";
  }

  private static CampaignEstimate estimate(CampaignSpec spec, double flops) {
    return new Estimator(spec, Optional.empty(), HubFolders.ofThisProcess(), flops)
        .estimate(PriceTable.shipped(), LocalDate.EPOCH);
  }

  private static String count(double value) {
    return String.format(Locale.ROOT, "%,d", Math.round(value));
  }

  private static String usd(Range range) {
    return String.format(
        Locale.ROOT, "%.2f (%.2f–%.2f)", range.expected(), range.low(), range.high());
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
  }

  /** In the largest unit of which there are two or more. */
  private static String span(Range seconds) {
    if (seconds.expected() >= 2 * DAY) {
      return span(seconds, DAY, "d");
    }
    return seconds.expected() >= 2 * HOUR ? span(seconds, HOUR, "h") : span(seconds, MINUTE, "min");
  }

  private static String span(Range seconds, double unit, String name) {
    return String.format(
        Locale.ROOT,
        "%.1f %s (%.1f–%.1f)",
        seconds.expected() / unit,
        name,
        seconds.low() / unit,
        seconds.high() / unit);
  }
}
