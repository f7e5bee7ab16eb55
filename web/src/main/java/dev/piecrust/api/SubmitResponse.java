package dev.piecrust.api;

/** The id of the campaign that was started or continued. */
public record SubmitResponse(String id) {}
