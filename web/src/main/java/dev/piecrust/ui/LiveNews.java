package dev.piecrust.ui;

import java.util.List;
import java.util.Set;

/**
 * What an open page is told.
 *
 * @param name of the event: {@code changed} or {@code still}
 * @param campaigns ids; {@code *} among them for the list as a whole
 */
record LiveNews(String name, List<String> campaigns) {
  /** Stands for the list of campaigns, where one came or went. */
  static final String LIST = "*";

  /** Nothing happened, and the connection is alive. */
  static final LiveNews STILL = new LiveNews("still", List.of());

  LiveNews {
    campaigns = List.copyOf(campaigns);
  }

  static LiveNews changed(Set<String> campaigns) {
    return new LiveNews("changed", List.copyOf(campaigns));
  }
}
