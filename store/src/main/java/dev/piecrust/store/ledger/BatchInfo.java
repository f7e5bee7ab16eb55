package dev.piecrust.store.ledger;

import java.util.Optional;

/**
 * A batch that is not closed.
 *
 * @param id our own name of it, which the provider is told
 * @param remoteId the provider's name; absent until it is known
 * @param createdMs when it was made, in milliseconds since 1970
 * @param idleMs for how long nobody asked the provider about it
 */
public record BatchInfo(
    String id, BatchState state, Optional<String> remoteId, long createdMs, long idleMs) {}
