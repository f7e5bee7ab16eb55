package dev.piecrust.store.rate;

import java.time.Duration;

/**
 * An endpoint takes no call yet.
 *
 * @param atLeast how long it will not
 * @param reason in a few words
 */
public record Wait(Duration atLeast, String reason) {}
