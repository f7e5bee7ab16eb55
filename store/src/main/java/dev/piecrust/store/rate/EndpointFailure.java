package dev.piecrust.store.rate;

import java.time.Duration;

/**
 * What a failed call says of its endpoint.
 *
 * @param inARow failures since it answered last
 * @param away for how long it gets no calls now; zero where others may go on
 */
public record EndpointFailure(int inARow, Duration away) {}
