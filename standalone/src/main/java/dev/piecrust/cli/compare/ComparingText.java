package dev.piecrust.cli.compare;

import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.text.AlignedText;
import dev.piecrust.text.CleanText;
import dev.piecrust.ui.CompareShow;
import dev.piecrust.view.Numbers;
import dev.piecrust.view.compare.BakeOffLine;
import dev.piecrust.view.compare.Comparing;
import dev.piecrust.view.compare.Comparing.FadeLine;
import dev.piecrust.view.compare.Comparing.Kept;
import dev.piecrust.view.compare.Comparing.Side;
import dev.piecrust.view.compare.Comparing.TaskCurves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A comparison as aligned text, in which campaigns are letters: A is the one compared with. */
public final class ComparingText {
  private static final int SETTING = 40;

  private final Comparing compared;
  private final CampaignLetters letters;
  private final List<String> lines = new ArrayList<>();

  private ComparingText(Comparing compared) {
    this.compared = compared;
    this.letters = new CampaignLetters(compared.sides().stream().map(Side::id).toList());
  }

  /** What there is to say, a line each. */
  public static List<String> of(Comparing compared) {
    return new ComparingText(compared).write();
  }

  private List<String> write() {
    letters.ids().forEach(id -> lines.add(letters.of(id) + "  " + id));
    lines.add(new CompareShow(letters.ids(), Optional.of(compared)).sentence());
    section("Cost and time:", costs());
    section("Settings that differ:", settings());
    for (TaskCurves task : compared.tasks()) {
      ComparedFidelityText fidelity = new ComparedFidelityText(letters, task.task());
      section(
          task.task() + ", KL of every prompt's own answer (in-sample), nats:",
          fidelity.perPrompt(task));
      if (!task.differences().isEmpty()) {
        lines.add(
            "± half the width of the 95 % interval; differences are "
                + (task.samePrompts() ? "paired by prompt." : "of different prompts."));
        lines.add(
            "* The interval of the difference leaves 0 out; without it, no difference shown.");
      }
      section(
          task.task() + ", KL of circuits on prompts held out, nats:",
          fidelity.heldOut(compared.circuits()));
    }
    section("Features kept on any prompt:", kept());
    section("FADE, means over features (how many):", fade());
    section("Bake-off, transcoders of one model:", bakeOff(compared.bakeOff(), letters));
    return lines;
  }

  /** Folders beside one another, by what their trainings said. */
  public static List<String> of(List<String> folders, List<BakeOffLine> bakeOff) {
    CampaignLetters letters = new CampaignLetters(folders);
    List<String> lines = new ArrayList<>();
    folders.forEach(folder -> lines.add(letters.of(folder) + "  " + folder));
    lines.add("");
    lines.addAll(AlignedText.of(bakeOff(bakeOff, letters)));
    return lines;
  }

  private static List<List<String>> bakeOff(List<BakeOffLine> lines, CampaignLetters letters) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(letters.titles(List.of("measure", "of", "better")));
    for (BakeOffLine line : lines) {
      List<String> row =
          new ArrayList<>(List.of(line.measure(), line.aspect().label(), line.better().label()));
      letters
          .ids()
          .forEach(
              id ->
                  row.add(
                      Optional.ofNullable(line.values().get(id))
                          .map(ComparedFidelityText::mean)
                          .orElse(Numbers.MISSING)));
      rows.add(row);
    }
    return rows;
  }

  private void section(String title, List<List<String>> rows) {
    if (rows.size() > 1) {
      lines.add("");
      lines.add(title);
      lines.addAll(AlignedText.of(rows));
    }
  }

  private List<List<String>> costs() {
    return List.of(
        letters.titles(List.of("campaign")),
        row("state", side -> side.state().words()),
        row("start to end", ComparingText::took),
        row("calls", side -> Numbers.count(side.spend().calls())),
        row("from the cache", side -> Numbers.count(side.spend().hits())),
        row("USD spent", side -> Numbers.usd(side.spend().spent())));
  }

  private List<String> row(String title, Function<Side, String> cell) {
    List<String> row = new ArrayList<>(List.of(title));
    compared.sides().forEach(side -> row.add(cell.apply(side)));
    return row;
  }

  private static String took(Side side) {
    return side.finishedAt()
        .map(end -> Numbers.span(Duration.between(side.createdAt(), end).toSeconds()))
        .orElse(Numbers.MISSING);
  }

  private List<List<String>> settings() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(letters.titles(List.of("key")));
    for (Comparing.Setting setting : compared.settings()) {
      List<String> row = new ArrayList<>(List.of(setting.name()));
      setting.values().forEach(value -> row.add(CleanText.line(value, SETTING)));
      rows.add(row);
    }
    return rows;
  }

  private List<List<String>> kept() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("task", "campaign", "Jaccard", "both", "kept", "A keeps", "by", "A by"));
    for (Kept kept : compared.kept()) {
      rows.add(
          List.of(
              kept.task(),
              letters.of(kept.campaign()),
              String.format(Locale.ROOT, "%.2f", kept.jaccard()),
              Numbers.count(kept.common()),
              Numbers.count(kept.features()),
              Numbers.count(kept.firstFeatures()),
              kept.rule(),
              kept.firstRule()));
    }
    return rows;
  }

  private List<List<String>> fade() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(letters.titlesWithDifferences(List.of("metric")));
    for (FadeLine line : compared.fade()) {
      List<String> row = new ArrayList<>(List.of(line.metric().label()));
      for (String id : letters.ids()) {
        row.add(mean(Optional.ofNullable(line.means().get(id))));
      }
      for (String id : letters.others()) {
        row.add(
            Optional.ofNullable(line.differences().get(id))
                .map(ComparedFidelityText::difference)
                .orElse(Numbers.MISSING));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String mean(Optional<Estimate> scores) {
    return scores
        .map(one -> ComparedFidelityText.mean(one) + " (" + Numbers.count(one.n()) + ")")
        .orElse(Numbers.MISSING);
  }
}
