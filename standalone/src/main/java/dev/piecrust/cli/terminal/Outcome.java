package dev.piecrust.cli.terminal;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.StageProgress;
import dev.piecrust.control.CampaignService;
import dev.piecrust.report.table.ResultTable;
import dev.piecrust.report.text.AlignedText;
import dev.piecrust.report.text.TableText;
import dev.piecrust.report.text.Verdict;
import dev.piecrust.view.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What came out of a campaign, printed: the verdict, and the tables before it where wanted. */
public final class Outcome {
  private static final int TITLE = 9;

  /** Longer lines are hard to read, however wide the terminal is. */
  private static final int WIDEST = 110;

  private Outcome() {}

  public static void print(
      Terminal terminal,
      CampaignService campaigns,
      CampaignStatus end,
      boolean tables,
      Verdict.Way way) {
    ResultTable table = campaigns.table(end.id());
    if (tables) {
      terminal.out().print(TableText.of(table));
      terminal.out().println();
    }
    lines(Verdict.of(table, took(end), way), terminal.columns()).forEach(terminal.out()::println);
  }

  /**
   * Each title with its sentences beside it.
   *
   * @param columns of the terminal; 0 where no line is broken
   */
  static List<String> lines(List<Verdict.Line> verdict, int columns) {
    int width =
        columns == 0 ? Integer.MAX_VALUE : Math.max(TITLE, Math.min(columns, WIDEST) - TITLE);
    List<String> lines = new ArrayList<>();
    for (Verdict.Line line : verdict) {
      String title = line.title();
      for (String sentence : line.sentences()) {
        for (String part : AlignedText.broken(sentence, width)) {
          lines.add(title + " ".repeat(TITLE - title.length()) + part);
          title = "";
        }
      }
    }
    return lines;
  }

  /** How long it took, whatever it waited for. */
  static String took(CampaignStatus status) {
    return status
        .finishedAt()
        .map(end -> span(status, end) + " from start to end")
        .orElseGet(() -> lastResult(status).map(at -> span(status, at)).orElse("0 s") + " so far");
  }

  private static Optional<Instant> lastResult(CampaignStatus status) {
    return status.stages().stream()
        .map(StageProgress::updatedAt)
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder());
  }

  private static String span(CampaignStatus status, Instant until) {
    return Numbers.span(Duration.between(status.createdAt(), until).toSeconds());
  }
}
