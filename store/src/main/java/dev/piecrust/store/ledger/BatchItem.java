package dev.piecrust.store.ledger;

/**
 * A call that waits in a batch.
 *
 * @param call its row in the ledger
 * @param body what is asked, in the provider's JSON
 */
public record BatchItem(long call, String body) {}
