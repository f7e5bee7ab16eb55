package dev.piecrust.campaign;

import dev.piecrust.artifact.Sha256;

/** Ids of campaigns: the same spec is the same campaign. */
public final class CampaignIds {
  private static final int HASH_DIGITS = 8;

  private CampaignIds() {}

  /** The campaign's name, a dash, and the first 8 digits of the SHA-256 of its canonical JSON. */
  public static String of(CampaignSpec spec) {
    return spec.name() + "-" + Sha256.of(SpecDocument.write(spec)).substring(0, HASH_DIGITS);
  }
}
