package dev.piecrust.view.campaign;

import java.util.List;
import java.util.Optional;

/**
 * Prune, interpret or evaluate.
 *
 * @param stages that have begun
 * @param coming how much work is in stages that have not begun, as far as the spec tells
 */
public record StageGroup(String name, List<StageView> stages, int coming) {
  public StageGroup {
    stages = List.copyOf(stages);
  }

  /** Whether any of its work was announced. */
  public boolean begun() {
    return !stages.isEmpty();
  }

  public long ended() {
    return stages.stream().mapToLong(StageView::ended).sum();
  }

  public long failed() {
    return stages.stream().mapToLong(StageView::failed).sum();
  }

  public long total() {
    return coming + stages.stream().mapToLong(StageView::total).sum();
  }

  /** From 0 to 1, over the work of all of its stages. */
  public double share() {
    return total() == 0 ? 0 : Math.min(1, (double) ended() / total());
  }

  public boolean complete() {
    return begun() && coming == 0 && stages.stream().allMatch(StageView::complete);
  }

  /**
   * The stage that is under way: the last that has moved and is not complete, or the first to move.
   */
  public Optional<StageView> current() {
    List<StageView> open = stages.stream().filter(stage -> !stage.complete()).toList();
    return open.stream()
        .filter(stage -> stage.ended() > 0)
        .reduce((first, second) -> second)
        .or(() -> open.stream().findFirst());
  }

  /** Class of its bar: good, bad or none. */
  public String tone() {
    return complete() ? (failed() > 0 ? "wait" : "good") : "";
  }
}
