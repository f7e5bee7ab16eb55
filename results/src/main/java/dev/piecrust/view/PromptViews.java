package dev.piecrust.view;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.Stages;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.KeptBy;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.StageProgress;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.store.Stores;
import dev.piecrust.store.campaign.UnitRow;
import dev.piecrust.store.database.ListKey;
import dev.piecrust.store.result.PromptLine;
import dev.piecrust.store.result.PromptQuery;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The prompts of a campaign, as lists and one by one. */
@Singleton
public class PromptViews {
  private final Stores stores;
  private final OutcomeLines outcomes;

  public PromptViews(Stores stores, ArtifactStore artifacts) {
    this.stores = stores;
    this.outcomes = new OutcomeLines(artifacts);
  }

  /** A part of a list of prompts. */
  public Page<PromptLine> page(PromptQuery query, Optional<ListKey> after, int size) {
    List<PromptLine> lines = stores.views().prompts().page(query, after, size + 1);
    return Page.of(lines, size, line -> line.key().token());
  }

  /** The prompts of a part of a list in words, by index; without those that were not recorded. */
  public Map<Integer, PromptWords> words(PromptQuery query, List<PromptLine> lines) {
    Map<Integer, PromptWords> words = new HashMap<>();
    for (PromptLine line : lines) {
      if (!words.containsKey(line.prompt())) {
        unit(query.campaignId(), query.task(), line.prompt())
            .map(unit -> outcomes.predictions(unit, query.method()))
            .orElse(Map.of())
            .forEach((prompt, said) -> words.put(prompt, PromptWords.of(said, query.budget())));
      }
    }
    return words;
  }

  /** Whether a task of a campaign has a prompt of this index, measured already or not. */
  public boolean has(String campaignId, String task, int index) {
    String stage = Stages.fidelity(task);
    int prompts =
        stores.campaigns().status(campaignId).stages().stream()
            .filter(progress -> progress.stage().equals(stage))
            .mapToInt(StageProgress::total)
            .findFirst()
            .orElseGet(() -> stores.campaigns().spec(campaignId).task(task).prompts());
    return index >= 0 && index < prompts;
  }

  /**
   * One prompt of a task; a task that the campaign does not have is a user error.
   *
   * @param method empty for that by which features are chosen, or else any that has a result
   * @param budget empty for that by which features are chosen, or else the smallest
   */
  public PromptView prompt(
      String campaignId,
      String task,
      int index,
      Optional<String> method,
      Optional<Integer> budget) {
    CampaignSpec spec = stores.campaigns().spec(campaignId);
    KeptBy rule = spec.keptBy();
    String wanted = method.orElse(rule.method().label());
    Optional<ArtifactRef> unit = unit(campaignId, spec.task(task).name(), index);
    Set<String> measured = unit.map(ref -> outcomes.methods(ref, index)).orElse(Set.of());
    List<String> methods =
        spec.prune().promptMethods().stream()
            .map(Method::label)
            .filter(measured::contains)
            .toList();
    if (unit.isEmpty() || methods.isEmpty()) {
      return none(campaignId, task, index, wanted, rule.budget());
    }
    String shown = methods.contains(wanted) ? wanted : methods.get(0);
    PromptOutcome outcome = outcomes.of(unit.get(), index, shown);
    return view(campaignId, outcome, methods, budget(outcome, budget.orElse(rule.budget())));
  }

  private Optional<ArtifactRef> unit(String campaignId, String task, int index) {
    return stores
        .units()
        .lastBefore(
            campaignId, Stages.fidelity(task), "%s/%06d".formatted(task, Math.max(0, index) + 1))
        .flatMap(UnitRow::result);
  }

  private static int budget(PromptOutcome outcome, int wanted) {
    return outcome.kept().containsKey(wanted) || outcome.kept().isEmpty()
        ? wanted
        : outcome.kept().firstKey();
  }

  private PromptView view(
      String campaignId, PromptOutcome outcome, List<String> methods, int budget) {
    List<KeptOccurrence> kept = outcome.kept().getOrDefault(budget, List.of());
    Map<FeatureId, String> descriptions =
        stores
            .views()
            .features()
            .descriptions(campaignId, kept.stream().map(KeptOccurrence::id).toList());
    return new PromptView(
        campaignId,
        outcome.task(),
        outcome.index(),
        methods,
        List.copyOf(outcome.kept().keySet()),
        outcome.method(),
        budget,
        outcome.occurrences(),
        Optional.ofNullable(outcome.fidelity().get(budget)),
        outcome.predictions(),
        kept.stream()
            .map(
                k ->
                    new PromptView.Kept(
                        k.id(),
                        k.position(),
                        k.score(),
                        Optional.ofNullable(descriptions.get(k.id()))))
            .toList(),
        Optional.empty());
  }

  private PromptView none(String campaignId, String task, int index, String method, int budget) {
    return new PromptView(
        campaignId,
        task,
        index,
        List.of(),
        List.of(),
        method,
        budget,
        0,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        stores.results().failure(campaignId, task, index));
  }
}
