package dev.piecrust.store;

import dev.piecrust.store.database.Database;
import dev.piecrust.store.features.FeatureLists;
import dev.piecrust.store.ledger.CallLists;
import dev.piecrust.store.result.PromptLists;

/** What pages read: lists by key, however long they are, and sums that are kept. */
public record Views(FeatureLists features, PromptLists prompts, CallLists calls) {
  static Views of(Database database) {
    return new Views(
        new FeatureLists(database), new PromptLists(database), new CallLists(database));
  }
}
