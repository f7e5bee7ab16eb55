package dev.piecrust.cli.terminal;

import dev.piecrust.estimate.CampaignEstimate;
import dev.piecrust.estimate.LlmEstimate;
import dev.piecrust.estimate.MachineRoom;
import dev.piecrust.estimate.Range;
import dev.piecrust.hub.HubDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** An estimate in words. */
public final class EstimateText {
  private static final double GIB = 1L << 30;

  private EstimateText() {}

  /** A line each. */
  public static List<String> lines(CampaignEstimate estimate) {
    List<String> lines = new ArrayList<>();
    lines.add("campaign " + estimate.campaign());
    lines.add(line("", "low", "expected", "high"));
    if (estimate.prunePasses().high() > 0) {
      lines.add(line("passes of a prompt", estimate.prunePasses(), EstimateText::count));
    }
    lines.add(line("time on this device", estimate.gpuSeconds(), EstimateText::span));
    if (estimate.devices() > 1) {
      String what = "time on %d of them".formatted(estimate.devices());
      lines.add(line(what, estimate.secondsOnAll(), EstimateText::span));
    }
    estimate.llm().ifPresent(llm -> lines.addAll(llm(llm)));
    lines.addAll(room(estimate));
    estimate.cap().ifPresent(cap -> lines.add("cap: %s USD".formatted(cap.toPlainString())));
    estimate
        .llm()
        .filter(llm -> !llm.counted())
        .ifPresent(
            llm ->
                lines.add(
                    "How many features there are to explain is known once pruning is done; then"
                        + " this estimate is narrower."));
    lines.addAll(estimate.warnings().stream().map(EstimateText::sentence).toList());
    if (estimate.overTheCap()) {
      lines.add("The expected cost is over the cap.");
    }
    return lines;
  }

  private static String sentence(String warning) {
    return "Note: " + warning + ".";
  }

  private static List<String> room(CampaignEstimate estimate) {
    MachineRoom room = estimate.room();
    List<String> lines = new ArrayList<>(List.of(memory(estimate)));
    if (room.downloadBytes() > 0) {
      lines.add(download(room));
    }
    room.shortages().forEach(shortage -> lines.add("It cannot run here: " + shortage));
    return lines;
  }

  public static String memory(CampaignEstimate estimate) {
    return String.format(
        Locale.ROOT,
        "memory for pruning: %.1f GiB, %.1f GiB free on %s",
        estimate.memoryBytes() / GIB,
        estimate.room().memoryFree() / GIB,
        estimate.room().device());
  }

  public static String download(MachineRoom room) {
    return room.downloadBytes() == 0
        ? "nothing to download"
        : "to download: %s, %s free"
            .formatted(HubDisk.readable(room.downloadBytes()), HubDisk.readable(room.diskFree()));
  }

  private static List<String> llm(LlmEstimate llm) {
    List<String> lines = new ArrayList<>();
    lines.add(line("features explained", llm.features(), EstimateText::count));
    lines.add(line("LLM calls", llm.calls(), EstimateText::count));
    lines.add(line("input tokens", llm.inputTokens(), EstimateText::count));
    lines.add(line("output tokens", llm.outputTokens(), EstimateText::count));
    lines.add(
        llm.usd()
            .map(usd -> line("USD", usd, EstimateText::usd))
            .orElseGet(() -> line("USD", "unknown", "unknown", "unknown")));
    lines.add(line("time for the LLM", llm.seconds(), EstimateText::span));
    return lines;
  }

  private static String line(String what, Range range, DoubleFunction<String> words) {
    return line(
        what, words.apply(range.low()), words.apply(range.expected()), words.apply(range.high()));
  }

  private static String line(String what, String low, String expected, String high) {
    return "  %-20s %14s %14s %14s".formatted(what, low, expected, high).stripTrailing();
  }

  private static String count(double value) {
    return String.format(Locale.ROOT, "%,d", Math.round(value));
  }

  private static String usd(double value) {
    return String.format(Locale.ROOT, value > 0 && value < 0.995 ? "%.4f" : "%.2f", value);
  }

  public static String span(double seconds) {
    return StageLine.span(Math.max(1, Math.round(seconds)));
  }
}
