package dev.piecrust.activity;

/**
 * A device that takes work on a subject.
 *
 * @param device its own task queue, which names it
 * @param most hosts that the campaign may have
 */
public record SubjectHost(String device, int most) {}
