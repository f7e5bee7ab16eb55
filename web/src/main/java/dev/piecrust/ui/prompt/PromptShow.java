package dev.piecrust.ui.prompt;

import dev.piecrust.feature.Prediction;
import dev.piecrust.ui.Address;
import dev.piecrust.view.Numbers;
import dev.piecrust.view.PromptView;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a prompt's page says of it, and where it leads.
 *
 * @param prompts of the task, as far as they are done
 * @param cell of the map whose occurrences alone are listed; empty for all
 */
public record PromptShow(PromptView prompt, int prompts, String cell) {
  /** What is listed at once; the map and the CSV have it all. */
  private static final int LISTED = 150;

  /** What is seen of it before it is opened. */
  private static final int SEEN = 12;

  public int seen() {
    return SEEN;
  }

  /** How many are listed beyond those that are seen at first. */
  public int beyond() {
    return Math.max(0, listed().size() - SEEN);
  }

  /** The kept occurrences that are listed. */
  public List<PromptView.Kept> listed() {
    return chosen().limit(LISTED).toList();
  }

  private Stream<PromptView.Kept> chosen() {
    return prompt.kept().stream()
        .filter(
            k -> cell.isEmpty() || cell.equals(PromptMap.key(k.feature().layer(), k.position())));
  }

  /** How many are listed, of how many. */
  public String counted() {
    long all = chosen().count();
    String where = cell.isEmpty() ? "" : " in this cell";
    return all > LISTED
        ? "the first %d of %s%s".formatted(LISTED, Numbers.count(all), where)
        : "%s%s".formatted(Numbers.count(all), where);
  }

  /** This page with one cell's occurrences listed. */
  public String page(PromptMap.Cell of) {
    return page(prompt.prompt()) + "&cell=" + of.key() + "#kept";
  }

  /** The same prompt's number in its task, or the one before or after. */
  public String page(int index) {
    return Address.of("campaigns", prompt.campaign(), "prompts", prompt.task(), index)
        .with("method", prompt.method())
        .with("budget", prompt.budget())
        .toString();
  }

  public int before() {
    return prompt.prompt() - 1;
  }

  public int after() {
    return prompt.prompt() + 1;
  }

  public boolean isLast() {
    return after() >= prompts;
  }

  public String action() {
    return Address.of("campaigns", prompt.campaign(), "prompts", prompt.task(), prompt.prompt())
        .toString();
  }

  public String all() {
    return Address.of("campaigns", prompt.campaign(), "prompts", prompt.task())
        .with("method", prompt.method())
        .with("budget", prompt.budget())
        .toString();
  }

  public String csv() {
    return Address.of(
            "campaigns", prompt.campaign(), "prompts", prompt.task(), prompt.prompt(), "kept.csv")
        .with("method", prompt.method())
        .with("budget", prompt.budget())
        .toString();
  }

  /** What the model expects where only the keep set is left. */
  public List<Prediction> patched() {
    return prompt
        .predictions()
        .map(all -> all.patched().getOrDefault(prompt.budget(), List.of()))
        .orElse(List.of());
  }

  /** The page's answer in one sentence. */
  public String answer() {
    return prompt
        .fidelity()
        .map(
            fidelity ->
                "%s keeps %s of %s occurrences: %s nats from the whole model, and the most likely"
                        .formatted(
                            prompt.method(),
                            Numbers.count(prompt.kept().size()),
                            Numbers.count(prompt.occurrences()),
                            Numbers.figure(fidelity.klLast()))
                    + (fidelity.predChanged() == 0
                        ? " next token stays the same."
                        : fidelity.predChanged() == 1
                            ? " next token is another one."
                            : " next token changes for some seeds."))
        .orElse("");
  }
}
