package dev.piecrust.cli.compare;

import java.util.ArrayList;
import java.util.List;

/** Letters in place of ids, which are too long for the titles of columns. */
record CampaignLetters(List<String> ids) {
  CampaignLetters {
    ids = List.copyOf(ids);
  }

  String of(String id) {
    return String.valueOf((char) ('A' + ids.indexOf(id)));
  }

  /** All but the first, which they are compared with. */
  List<String> others() {
    return ids.subList(1, ids.size());
  }

  /** Titles of columns, one for each campaign at their end. */
  List<String> titles(List<String> first) {
    List<String> titles = new ArrayList<>(first);
    ids.forEach(id -> titles.add(of(id)));
    return titles;
  }

  /** The same, and one for the difference of each other campaign from the first. */
  List<String> titlesWithDifferences(List<String> first) {
    List<String> titles = titles(first);
    others().forEach(id -> titles.add(of(id) + "−A"));
    return titles;
  }
}
