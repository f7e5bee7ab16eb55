package dev.piecrust.spec;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Json;
import dev.piecrust.input.Sha256;
import java.util.Map;

/** Ids of campaigns: the same spec is the same campaign. */
public final class CampaignIds {
  private static final int HASH_DIGITS = 8;

  private CampaignIds() {}

  /**
   * The campaign's name, a dash, and the first 8 digits of the SHA-256 of its document, whose order
   * is that of {@link SpecDocument} in every process. What may be changed while it runs is left
   * out: its limits of money and rates.
   */
  public static String of(CampaignSpec spec) {
    Map<String, Object> tree = SpecDocument.tree(spec);
    tree.put("limits", Map.of("failure_share", spec.limits().failureShare()));
    return spec.name() + "-" + Sha256.of(Json.write(tree)).substring(0, HASH_DIGITS);
  }
}
