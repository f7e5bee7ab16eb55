package dev.piecrust.activity;

/** A task of a campaign. */
public record TaskRef(String campaignId, String task) {}
