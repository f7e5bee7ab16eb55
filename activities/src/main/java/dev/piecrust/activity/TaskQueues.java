package dev.piecrust.activity;

/** Names of Temporal's task queues. */
public final class TaskQueues {
  /** Workflows and control activities. */
  public static final String CONTROL = "piecrust-control";

  /**
   * Where a subject that no device has loaded finds one. Campaigns of programs up to 0.6 acquire
   * their GPU session here, whose later activities go to the worker's own queue.
   */
  public static final String GPU = "piecrust-gpu";

  /** Where a subject that a device has loaded finds more of them: those that are free look here. */
  public static final String HOSTS = "piecrust-hosts";

  /** Explanation and evaluation by language models. */
  public static final String LLM = "piecrust-llm";

  private TaskQueues() {}

  /**
   * The queue of a subject, from which every device takes that has loaded it.
   *
   * @param key of the subject: equal for campaigns that need the same model and transcoder
   */
  public static String subject(String key) {
    return "piecrust-subject-" + key;
  }
}
