package dev.piecrust.ui;

import dev.piecrust.view.compare.Comparing;
import dev.piecrust.view.compare.Comparing.Difference;
import java.util.List;
import java.util.Optional;

/** What the page that compares says of it all, and where it leads. */
public record CompareShow(List<String> chosen, Optional<Comparing> compared) {
  /** The page's answer in one sentence. */
  public String sentence() {
    List<Difference> all =
        compared.stream()
            .flatMap(c -> c.tasks().stream())
            .flatMap(task -> task.differences().stream())
            .toList();
    if (all.isEmpty()) {
      return "They have no method at the same budget of the same task to compare yet.";
    }
    long clear = all.stream().filter(d -> d.klLast().excludesZero()).count();
    long better =
        all.stream()
            .filter(d -> d.klLast().excludesZero() && d.klLast().mean().orElse(0) < 0)
            .count();
    return clear == 0
        ? "No difference is shown at any of the %d points that both have.".formatted(all.size())
        : "At %d of %d points the KL differs from the first campaign's by more than noise: better at %d, worse at %d."
            .formatted(clear, all.size(), better, clear - better);
  }

  /** Where the chart of a task has its numbers. */
  public String curves(String task) {
    return parameters(Address.of("compare", "curves").with("task", task));
  }

  public String csv() {
    return parameters(Address.of("compare", "differences.csv"));
  }

  private String parameters(Address address) {
    chosen.forEach(id -> address.with("campaign", id));
    return address.toString();
  }
}
