package dev.piecrust.ui.live;

import dev.piecrust.campaign.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What every open page is told, written once for all of them.
 *
 * @param name of the event: {@code changed} or {@code still}
 * @param data JSON with the ids of campaigns; {@code *} among them for the list as a whole
 */
record LiveNews(String name, String data) {
  /** Stands for the list of campaigns, where one came or went. */
  static final String LIST = "*";

  /** Nothing happened, and the connection is alive. */
  static final LiveNews STILL = new LiveNews("still", data(List.of()));

  static LiveNews changed(Set<String> campaigns) {
    return new LiveNews("changed", data(List.copyOf(campaigns)));
  }

  private static String data(List<String> campaigns) {
    return Json.write(Map.of("campaigns", campaigns));
  }
}
