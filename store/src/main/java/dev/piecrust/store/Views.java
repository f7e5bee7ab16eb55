package dev.piecrust.store;

/** What pages read: lists by key, however long they are, and sums that are kept. */
public record Views(FeatureLists features, PromptLists prompts, CallLists calls) {
  static Views of(Database database) {
    return new Views(
        new FeatureLists(database), new PromptLists(database), new CallLists(database));
  }
}
