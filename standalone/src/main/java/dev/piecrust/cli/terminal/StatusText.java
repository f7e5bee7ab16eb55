package dev.piecrust.cli.terminal;

import dev.piecrust.campaign.CampaignEvent;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.text.CleanText;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A campaign's status in words. */
public final class StatusText {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  /** More than any sentence of this program has, and a screen at most of somebody else's. */
  private static final int LONGEST = 1000;

  private StatusText() {}

  /** One line, and one for each stage. */
  public static String of(CampaignStatus status) {
    List<String> lines = new ArrayList<>();
    String message = status.message().isEmpty() ? "" : ": " + oneLine(status.message());
    lines.add(
        "%s  %s%s  (started %s%s)"
            .formatted(
                status.id(),
                status.state().words(),
                message,
                WHEN.format(status.createdAt()),
                status.finishedAt().map(at -> ", ended " + WHEN.format(at)).orElse("")));
    status.stages().forEach(stage -> lines.add(StageLine.withBar(stage, Optional.empty())));
    return String.join("\n", lines);
  }

  public static String events(List<CampaignEvent> events) {
    return events.stream()
        .map(
            e ->
                "  %s  %s (%s)"
                    .formatted(WHEN.format(e.at()), oneLine(e.message()), oneLine(e.who())))
        .collect(Collectors.joining("\n"));
  }

  /** What was said elsewhere, by a server or a file: it begins no line of its own. */
  static String oneLine(String message) {
    return CleanText.line(message, LONGEST);
  }
}
