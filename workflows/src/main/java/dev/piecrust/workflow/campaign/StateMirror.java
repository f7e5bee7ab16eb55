package dev.piecrust.workflow.campaign;

import dev.piecrust.activity.ControlActivities;
import dev.piecrust.campaign.CampaignState;
import io.temporal.workflow.Workflow;
import java.util.function.Supplier;

/**
 * Where a campaign stands, here and in the database. Changes are written one after the other,
 * whoever makes them, and after the end there are none.
 */
final class StateMirror {
  private final String campaignId;
  private final ControlActivities control;
  private final CampaignLabels labels = CampaignLabels.ofThisWorkflow();
  private CampaignState state = CampaignState.QUEUED;
  private boolean writing;
  private boolean closed;

  StateMirror(String campaignId, ControlActivities control) {
    this.campaignId = campaignId;
    this.control = control;
  }

  CampaignState state() {
    return state;
  }

  /** Whether the campaign is ending, so that nothing can be asked of it any more. */
  boolean isClosed() {
    return closed;
  }

  /** Is somewhere already, as the database knows. */
  void is(CampaignState known) {
    now(known);
  }

  /** Goes somewhere, unless the campaign is ending. */
  void enter(CampaignState next, String message) {
    if (closed) {
      return;
    }
    now(next);
    Workflow.await(() -> !writing);
    if (!closed) {
      write(next, message);
    }
  }

  /** Ends here. */
  void end(CampaignState end, String message) {
    end(
        () -> {
          now(end);
          control.enterState(campaignId, end, message);
          return end;
        });
  }

  /** Ends where an activity says, which has written it itself. */
  void end(Supplier<CampaignState> ending) {
    closed = true;
    uncancelled(
        () -> {
          Workflow.await(() -> !writing);
          now(ending.get());
        });
  }

  private void now(CampaignState next) {
    if (state != next) {
      state = next;
      labels.state(next);
      Workflow.setCurrentDetails(next.words());
    }
  }

  private void write(CampaignState next, String message) {
    writing = true;
    try {
      uncancelled(() -> control.enterState(campaignId, next, message));
    } finally {
      writing = false;
    }
  }

  /** A write that is under way when the campaign is cancelled ends before the next begins. */
  private static void uncancelled(Runnable write) {
    Workflow.newDetachedCancellationScope(write).run();
  }
}
