package dev.piecrust.api;

/** Asks something of a campaign; {@code who} asks is shown in its events. */
public record CommandRequest(String who) {}
