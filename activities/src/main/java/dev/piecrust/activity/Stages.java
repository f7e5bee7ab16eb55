package dev.piecrust.activity;

import java.util.ArrayList;
import java.util.List;

/** Names of the stages of pruning, as {@code status} shows them. */
public final class Stages {
  /** The stage that trains the transcoder, counted in steps. */
  public static final String TRAIN = "train";

  private Stages() {}

  /** What a stage of any kind counts: steps, features or prompts. */
  public static String things(String stage) {
    if (stage.equals(TRAIN)) {
      return "steps";
    }
    return FeatureStages.SHOWN.contains(stage) ? "features" : "prompts";
  }

  /** A task's stages in the order in which they begin. */
  public static List<String> of(String task, PrunePhases phases) {
    List<String> stages = new ArrayList<>(List.of(score(task)));
    if (phases.rerank()) {
      stages.add(rerank(task));
    }
    stages.add(fidelity(task));
    stages.add(features(task));
    if (phases.heldOut()) {
      stages.addAll(List.of(circuits(task), heldOut(task)));
    }
    return stages;
  }

  /** The stage that scores occurrences. */
  public static String score(String task) {
    return "score " + task;
  }

  /** The stage that chooses the keep sets that take many passes. */
  public static String rerank(String task) {
    return "rerank " + task;
  }

  /** The stage that measures fidelity. */
  public static String fidelity(String task) {
    return "fidelity " + task;
  }

  /** The stage that counts features over all prompts. */
  public static String features(String task) {
    return "features " + task;
  }

  /** The stage that chooses circuits on the training prompts. */
  public static String circuits(String task) {
    return "circuits " + task;
  }

  /** The stage that measures circuits on the held-out prompts. */
  public static String heldOut(String task) {
    return "held-out " + task;
  }
}
