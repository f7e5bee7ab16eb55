package dev.piecrust.activity;

/**
 * What a schedule starts each time.
 *
 * @param schedule its name
 * @param spec the campaign's spec, as text with absolute paths; what it leaves open, such as the
 *     commit of a repository, is fixed at each start anew
 */
public record ScheduledStart(String schedule, String spec) {}
