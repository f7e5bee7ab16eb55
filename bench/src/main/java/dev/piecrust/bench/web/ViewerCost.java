package dev.piecrust.bench.web;

/**
 * What viewers of the stream of events cost.
 *
 * @param viewers how many
 * @param heapBytes more in use with them than without; both ends are in this process
 * @param statements more to the database in {@code seconds} with them than without
 * @param newsMs until all of them had heard of a change; negative where some had not within 2 s
 */
public record ViewerCost(
    int viewers, long heapBytes, long statements, int seconds, double newsMs) {}
