package dev.piecrust.activity;

/**
 * A unit that keeps failing and is parked, so that the campaign can go on.
 *
 * @param stage such as {@code score}
 * @param prompts how many prompts it holds
 * @param reason one sentence
 */
public record UnitFailure(
    String campaignId, String stage, String unit, int prompts, String reason) {}
