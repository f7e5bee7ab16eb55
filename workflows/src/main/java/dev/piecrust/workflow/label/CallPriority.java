package dev.piecrust.workflow.label;

import dev.piecrust.activity.TaskQueues;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.Priority;
import java.util.Set;

/**
 * What decides which of the calls that wait in a queue is next: how soon it is wanted, and among
 * equals whose campaign has had least of its share. Servers that know neither take the oldest.
 */
public final class CallPriority {
  /**
   * Short, and a person or a whole campaign waits for it: book-keeping, reports, first question.
   */
  static final int WAITED_FOR = 2;

  /** A unit of a campaign. */
  static final int USUAL = 3;

  /** A scan of a corpus: long, and nobody looks at a part of it. */
  static final int SCAN = 4;

  private static final Set<String> SCANS =
      Set.of("OpenCorpus", "ScanCorpus", "DrawEvidence", "CollectEvidence");
  private static final String FIRST_QUESTION = "Probe";

  /** Of a fairness key, in bytes; ids of campaigns have one for each character. */
  private static final int LONGEST_KEY = 64;

  private CallPriority() {}

  /**
   * The priority of a campaign, which all its calls inherit.
   *
   * @param weight its share beside the others', 0.001 to 1000
   */
  public static Priority ofCampaign(String campaignId, double weight) {
    return Priority.newBuilder()
        .setPriorityKey(USUAL)
        .setFairnessKey(fairnessKey(campaignId))
        .setFairnessWeight((float) weight)
        .build();
  }

  /**
   * The priority of a call, whose weight is its campaign's.
   *
   * @param activity its name
   * @param workflowId the campaign's id, or that and what is behind a slash
   */
  static Priority ofCall(String workflowId, String activity, ActivityOptions options) {
    return Priority.newBuilder()
        .setPriorityKey(key(activity, options))
        .setFairnessKey(fairnessKey(workflowId.split("/", 2)[0]))
        .build();
  }

  private static int key(String activity, ActivityOptions options) {
    if (SCANS.contains(activity)) {
      return SCAN;
    }
    boolean control = TaskQueues.CONTROL.equals(options.getTaskQueue());
    return control || activity.equals(FIRST_QUESTION) ? WAITED_FOR : USUAL;
  }

  /** The end of a long id, which tells it from others: it is a hash. */
  private static String fairnessKey(String campaignId) {
    return campaignId.substring(Math.max(0, campaignId.length() - LONGEST_KEY));
  }
}
