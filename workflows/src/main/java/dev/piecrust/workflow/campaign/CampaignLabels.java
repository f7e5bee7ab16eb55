package dev.piecrust.workflow.campaign;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.TaskSpec;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/**
 * What Temporal's lists can be filtered by: search attributes of campaign workflows. A server has
 * to know them before they are set. Whoever starts a campaign finds out and sets them or does not;
 * the workflow keeps the state current only where it was started with one, so that it does the same
 * at every replay, whatever the server has learnt since.
 */
public final class CampaignLabels {
  /** Where the campaign stands, such as {@code RUNNING}. */
  public static final SearchAttributeKey<String> STATE =
      SearchAttributeKey.forKeyword("PieCrustState");

  /** The spec's name. */
  public static final SearchAttributeKey<String> NAME =
      SearchAttributeKey.forKeyword("PieCrustName");

  /** The model. */
  public static final SearchAttributeKey<String> SUBJECT =
      SearchAttributeKey.forKeyword("PieCrustSubject");

  /** Names of the tasks. */
  public static final SearchAttributeKey<List<String>> TASKS =
      SearchAttributeKey.forKeywordList("PieCrustTasks");

  /** All of them. */
  public static final List<SearchAttributeKey<?>> ALL = List.of(STATE, NAME, SUBJECT, TASKS);

  private final boolean labelled;

  private CampaignLabels(boolean labelled) {
    this.labelled = labelled;
  }

  /** What a campaign starts with. */
  public static SearchAttributes of(CampaignSpec spec) {
    return SearchAttributes.newBuilder()
        .set(STATE, CampaignState.QUEUED.name())
        .set(NAME, spec.name())
        .set(SUBJECT, spec.subject().model())
        .set(TASKS, spec.tasks().stream().map(TaskSpec::name).toList())
        .build();
  }

  /** What a campaign starts with that the workflow that runs starts, if that was given any. */
  public static Optional<SearchAttributes> inherited() {
    SearchAttributes given = Workflow.getTypedSearchAttributes();
    if (!given.containsKey(STATE)) {
      return Optional.empty();
    }
    return Optional.of(
        SearchAttributes.newBuilder()
            .set(STATE, given.get(STATE))
            .set(NAME, given.get(NAME))
            .set(SUBJECT, given.get(SUBJECT))
            .set(TASKS, given.get(TASKS))
            .build());
  }

  /** Those of the workflow that runs, if it was started with any. */
  static CampaignLabels ofThisWorkflow() {
    return new CampaignLabels(Workflow.getTypedSearchAttributes().containsKey(STATE));
  }

  void state(CampaignState state) {
    if (labelled) {
      Workflow.upsertTypedSearchAttributes(STATE.valueSet(state.name()));
    }
  }
}
