package dev.piecrust.view.campaign;

import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.store.Stores;
import dev.piecrust.store.ledger.Spend;
import dev.piecrust.view.campaign.SpendView.Point;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what a campaign spends from what is kept by the minute. */
@Singleton
public class SpendViews {
  private static final int MOST_POINTS = 240;
  private static final long MINUTE = 60;

  /** Below it a projection is a guess. */
  private static final double ENOUGH = 0.03;

  private final Stores stores;
  private final Clock clock = Clock.systemUTC();

  public SpendViews(Stores stores) {
    this.stores = stores;
  }

  private record Minute(long number, long requests, long tokens, BigDecimal usd) {}

  public SpendView of(CampaignCard card) {
    String id = card.id();
    LimitsSpec limits = stores.campaigns().spec(id).limits();
    Spend spend = stores.accounts().spend(id);
    List<Minute> minutes =
        stores
            .reader()
            .list(
                "select minute_no, requests, tokens, usd from llm_minute where campaign_id = :id"
                    + " order by minute_no",
                Map.of("id", id),
                row -> new Minute(row.number(0), row.number(1), row.number(2), row.amount(3)));
    long lastWhole = clock.instant().getEpochSecond() / MINUTE - 1;
    Optional<Minute> now = minutes.stream().filter(m -> m.number() == lastWhole).findFirst();
    return new SpendView(
        spend.cap(),
        spend.spent(),
        spend.reserved(),
        spend.unknown(),
        projected(card, spend.spent()),
        spend.calls(),
        spend.hits(),
        rate(card, now.map(Minute::requests)),
        rate(card, now.map(Minute::tokens)),
        limits.requestsPerMinute(),
        limits.tokensPerMinute(),
        points(minutes));
  }

  private static OptionalLong rate(CampaignCard card, Optional<Long> counted) {
    return card.ended() ? OptionalLong.empty() : OptionalLong.of(counted.orElse(0L));
  }

  /** As much for what is left of each stage as for what is done of it. */
  private static Optional<BigDecimal> projected(CampaignCard card, BigDecimal spent) {
    if (card.ended() || spent.signum() == 0) {
      return Optional.empty();
    }
    List<StageView> asking =
        card.groups().stream()
            .filter(group -> !group.name().equals("prune"))
            .flatMap(group -> group.stages().stream())
            .filter(stage -> !stage.name().equals("evidence"))
            .toList();
    double share = asking.stream().mapToDouble(StageView::share).average().orElse(0);
    return share < ENOUGH
        ? Optional.empty()
        : Optional.of(spent.divide(BigDecimal.valueOf(share), 4, RoundingMode.HALF_UP));
  }

  /** So many that a chart can show them: several minutes in one where there are more. */
  private static List<Point> points(List<Minute> minutes) {
    List<Point> points = new ArrayList<>();
    int together = Math.max(1, (minutes.size() + MOST_POINTS - 1) / MOST_POINTS);
    BigDecimal total = BigDecimal.ZERO;
    for (int from = 0; from < minutes.size(); from += together) {
      List<Minute> some = minutes.subList(from, Math.min(minutes.size(), from + together));
      total = some.stream().map(Minute::usd).reduce(total, BigDecimal::add);
      points.add(
          new Point(
              Instant.ofEpochSecond((some.get(some.size() - 1).number() + 1) * MINUTE),
              total,
              some.stream().mapToLong(Minute::requests).sum(),
              some.stream().mapToLong(Minute::tokens).sum()));
    }
    return points;
  }
}
