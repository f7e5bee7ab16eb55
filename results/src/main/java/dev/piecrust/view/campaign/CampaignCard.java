package dev.piecrust.view.campaign;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.view.left.TimeLeft;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * A campaign at a glance.
 *
 * @param status as the program keeps it
 * @param condition what is true of it now
 * @param because one sentence on the condition; may be empty
 * @param subject model and transcoder
 * @param tasks their names
 * @param groups prune, and what else the campaign does
 * @param left how long it still takes; absent where it does not run or nobody knows
 * @param spent settled, in USD
 * @param cap in USD, where there is one
 * @param paid whether it has calls that cost money
 */
public record CampaignCard(
    CampaignStatus status,
    Condition condition,
    String because,
    String subject,
    String tasks,
    List<StageGroup> groups,
    Optional<TimeLeft> left,
    BigDecimal spent,
    Optional<BigDecimal> cap,
    boolean paid) {
  private static final int DIGITS = 4;
  private static final double NEAR = 0.9;

  public CampaignCard {
    groups = List.copyOf(groups);
  }

  public String id() {
    return status.id();
  }

  /** The group that work is in: the first that is not complete. */
  public Optional<StageGroup> current() {
    return groups.stream().filter(group -> !group.complete()).findFirst();
  }

  /** The stage that work is in; absent where nothing has begun, and at the end. */
  public Optional<StageView> now() {
    return ended() ? Optional.empty() : current().flatMap(StageGroup::current);
  }

  /** What is spent as a share of the cap, from 0 to 1. */
  public Optional<Double> spentShare() {
    return cap.filter(most -> most.signum() > 0)
        .map(most -> Math.min(1, spent.divide(most, DIGITS, RoundingMode.HALF_UP).doubleValue()));
  }

  /** Whether little is left of the cap. */
  public boolean nearCap() {
    return spentShare().filter(share -> share >= NEAR).isPresent();
  }

  public boolean ended() {
    return status.state().ended();
  }

  public long failed() {
    return groups.stream().mapToLong(StageGroup::failed).sum();
  }
}
