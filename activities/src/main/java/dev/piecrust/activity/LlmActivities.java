package dev.piecrust.activity;

import io.temporal.activity.ActivityInterface;

/**
 * Work that asks a language model, on the queue {@link TaskQueues#LLM}. Each activity is
 * idempotent: a step that is recorded as done is not done again, and every answer that was paid for
 * is found in the cache. All heartbeat and can be cancelled. Where the provider is busy or away,
 * the schedule is {@code batch}, the money is at its end or a person has to mend something, they
 * answer so, at once.
 */
@ActivityInterface
public interface LlmActivities {
  /**
   * Asks each language model of a campaign the smallest question, before anything is pruned, and
   * records what came of it: stopped where a model cannot be asked at all, unscored where it
   * refuses what the campaign asks it with, else done. Who gives no answer now is waited for later.
   */
  LlmStep probe(String campaignId);

  /** Describes the feature from its evidence (docs/method.md §7). */
  LlmStep explain(FeatureUnit unit);

  /** Has texts written that express the description (docs/method.md §8, clarity). */
  LlmStep writeTexts(FeatureUnit unit);

  /** Has natural samples rated (docs/method.md §8, responsiveness and purity). */
  LlmStep rateSamples(FeatureUnit unit);

  /** Has continuations of the steered model rated (docs/method.md §8, faithfulness). */
  LlmStep rateSteered(FeatureUnit unit);

  /**
   * Computes and records the feature's scores from all that is there.
   *
   * @return whether steering is still to be done: asked for, above the threshold, and not there
   */
  boolean score(FeatureUnit unit);
}
