package dev.piecrust.cli.terminal;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.text.CleanText;
import dev.piecrust.view.Numbers;
import dev.piecrust.view.campaign.CampaignCard;
import dev.piecrust.view.campaign.StageGroup;
import dev.piecrust.view.campaign.StageView;
import dev.piecrust.view.left.TimeLeft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Campaigns in an aligned line each: state, progress, money, time, and what else is to be said. */
public final class StatusLines {
  /** Cells that stand to the right of their columns. */
  private static final int SPENT = 3;

  /** What is said of a campaign, where no terminal bounds the line. */
  private static final int SAID = 100;

  private StatusLines() {}

  /**
   * A line for each.
   *
   * @param columns of the terminal; 0 where there is none
   */
  public static List<String> of(List<CampaignCard> cards, Instant now, int columns) {
    List<List<String>> rows = cards.stream().map(card -> cells(card, now)).toList();
    List<Integer> widths = new ArrayList<>();
    for (int c = 0; c < rows.get(0).size(); c++) {
      int column = c;
      widths.add(rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }
    List<String> lines = new ArrayList<>();
    for (int r = 0; r < rows.size(); r++) {
      lines.add(withRemark(line(rows.get(r), widths), cards.get(r).because(), columns));
    }
    return lines;
  }

  private static List<String> cells(CampaignCard card, Instant now) {
    return List.of(
        card.id(), card.condition().words(), progress(card), spent(card), time(card, now));
  }

  private static String line(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < cells.size(); c++) {
      String space = " ".repeat(widths.get(c) - cells.get(c).length());
      line.append(c == 0 ? "" : "  ");
      line.append(c == SPENT ? space + cells.get(c) : cells.get(c) + space);
    }
    return line.toString();
  }

  private static String withRemark(String line, String because, int columns) {
    int room = columns == 0 ? SAID : columns - line.length() - 2;
    return because.isEmpty() || room < 2
        ? line.stripTrailing()
        : line + "  " + CleanText.line(because, room);
  }

  /** The stage that work is in, as on the page; at the end, whether all was done. */
  private static String progress(CampaignCard card) {
    Optional<StageView> now = card.now().or(() -> card.current().flatMap(StageGroup::current));
    String failed = card.failed() == 0 ? "" : ", %d failed".formatted(card.failed());
    return now.map(stage -> "%s %d/%d".formatted(stage.name(), stage.ended(), stage.total()))
            .orElseGet(() -> card.ended() && card.current().isEmpty() ? "all stages" : "–")
        + failed;
  }

  private static String spent(CampaignCard card) {
    if (!card.paid() && card.spent().signum() == 0) {
      return "free";
    }
    String spent = Numbers.usd(card.spent());
    return card.cap().map(cap -> spent + " of " + Numbers.usd(cap)).orElse(spent);
  }

  private static String time(CampaignCard card, Instant now) {
    CampaignStatus status = card.status();
    return status
        .finishedAt()
        .map(end -> "ended " + ago(end, now))
        .or(() -> card.left().map(TimeLeft::words))
        .orElseGet(() -> "started " + ago(status.createdAt(), now));
  }

  private static String ago(Instant then, Instant now) {
    return Numbers.span(Duration.between(then, now).toSeconds()) + " ago";
  }
}
