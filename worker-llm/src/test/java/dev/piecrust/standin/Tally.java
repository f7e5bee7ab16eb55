package dev.piecrust.standin;

import dev.piecrust.ledger.Campaigns;
import dev.piecrust.price.Bill;
import dev.piecrust.price.ServiceTier;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Which answers were asked for and given, how often. */
public final class Tally {
  private final Map<String, Integer> asked = new HashMap<>();
  private final Map<String, Integer> answered = new HashMap<>();
  private BigDecimal charged = BigDecimal.ZERO;
  private BigDecimal chargedHonestly = BigDecimal.ZERO;

  synchronized void asked(String answer) {
    asked.merge(answer, 1, Integer::sum);
  }

  synchronized void answered(String answer) {
    answered.merge(answer, 1, Integer::sum);
  }

  /** What an answer costs, whether it arrives or not. */
  synchronized void charged(Used used, Fault fault) {
    BigDecimal usd = Bill.of(Campaigns.PRICE, used.usage(), ServiceTier.REALTIME);
    charged = charged.add(usd);
    chargedHonestly = fault.honest() ? chargedHonestly.add(usd) : chargedHonestly;
  }

  /** USD for all answers by {@link Campaigns#PRICE}. */
  public synchronized BigDecimal charged() {
    return charged;
  }

  /** USD for those whose usage was reported as it was. */
  public synchronized BigDecimal chargedHonestly() {
    return chargedHonestly;
  }

  /** Answers that were written out whole, those to the same question counted each time. */
  public synchronized int answers() {
    return answered.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How often each answer was written out whole. */
  public synchronized Map<String, Integer> answered() {
    return Map.copyOf(answered);
  }

  /** How often each answer was asked for. */
  public synchronized Map<String, Integer> asked() {
    return Map.copyOf(asked);
  }
}
