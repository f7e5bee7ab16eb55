package dev.piecrust.activity;

/**
 * One part of a campaign's training.
 *
 * @param part from 0
 */
public record TrainPart(String campaignId, int part) {
  /** Names the unit within its stage; sorts in the order of the parts. */
  public String unit() {
    return "train/%06d".formatted(part);
  }
}
