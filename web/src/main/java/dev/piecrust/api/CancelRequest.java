package dev.piecrust.api;

/** Asks to stop a campaign; {@code who} asks is shown in its events. */
public record CancelRequest(String who) {}
