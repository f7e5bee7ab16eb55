package dev.piecrust.standin;

import java.util.HashMap;
import java.util.Map;

/** Which answers were asked for and given, how often. */
public final class Tally {
  private final Map<String, Integer> asked = new HashMap<>();
  private final Map<String, Integer> answered = new HashMap<>();

  synchronized void asked(String answer) {
    asked.merge(answer, 1, Integer::sum);
  }

  synchronized void answered(String answer) {
    answered.merge(answer, 1, Integer::sum);
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
