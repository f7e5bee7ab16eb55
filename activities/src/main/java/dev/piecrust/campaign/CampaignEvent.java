package dev.piecrust.campaign;

import java.time.Instant;

/**
 * Something that happened to a campaign.
 *
 * @param kind in one word, such as {@code state}, {@code cancel} or {@code parked}
 * @param message one sentence
 * @param who the person or part of the program that did it
 */
public record CampaignEvent(Instant at, String kind, String message, String who) {}
