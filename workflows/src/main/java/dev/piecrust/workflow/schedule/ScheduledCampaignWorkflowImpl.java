package dev.piecrust.workflow.schedule;

import dev.piecrust.activity.ScheduleActivities;
import dev.piecrust.activity.ScheduledStart;
import dev.piecrust.workflow.WorkflowFailures;
import dev.piecrust.workflow.campaign.CampaignLabels;
import dev.piecrust.workflow.campaign.CampaignOptions;
import dev.piecrust.workflow.campaign.CampaignWorkflow;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.common.SearchAttributeKey;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Records the campaign, and has it run as any other. */
public final class ScheduledCampaignWorkflowImpl implements ScheduledCampaignWorkflow {
  /** The time that the schedule meant, which Temporal gives to what a schedule starts. */
  private static final SearchAttributeKey<OffsetDateTime> MEANT =
      SearchAttributeKey.forOffsetDateTime("TemporalScheduledStartTime");

  private static final long MILLIS = 1000;

  private final ScheduleActivities schedules =
      Workflow.newActivityStub(ScheduleActivities.class, CampaignOptions.control());

  @Override
  public String start(ScheduledStart start) {
    String campaign = record(start);
    CampaignWorkflow plan =
        Workflow.newChildWorkflowStub(CampaignWorkflow.class, options(campaign));
    try {
      plan.run(campaign);
    } catch (ChildWorkflowFailure ended) {
      Workflow.getLogger(ScheduledCampaignWorkflowImpl.class)
          .info("campaign {} of schedule {}", campaign, start.schedule(), ended);
    }
    return campaign;
  }

  private String record(ScheduledStart start) {
    try {
      return schedules.recordScheduled(start, meant());
    } catch (ActivityFailure e) {
      throw WorkflowFailures.ending(e);
    }
  }

  /** In seconds since 1970. */
  private static long meant() {
    return Optional.ofNullable(Workflow.getTypedSearchAttributes().get(MEANT))
        .map(OffsetDateTime::toEpochSecond)
        .orElseGet(() -> Workflow.currentTimeMillis() / MILLIS);
  }

  /** The campaign is the user's: it goes on whatever becomes of the schedule. */
  private static ChildWorkflowOptions options(String campaign) {
    ChildWorkflowOptions.Builder options =
        ChildWorkflowOptions.newBuilder(CampaignOptions.child(campaign))
            .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON);
    CampaignLabels.inherited().ifPresent(options::setTypedSearchAttributes);
    return options.build();
  }
}
