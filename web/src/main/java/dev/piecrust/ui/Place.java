package dev.piecrust.ui;

import java.util.List;

/** A page that the frame of every page links to. */
public record Place(String path, String name) {
  static final List<Place> ALL =
      List.of(
          new Place("campaigns", "Campaigns"),
          new Place("features", "Features"),
          new Place("compare", "Compare"),
          new Place("workers", "Workers"),
          new Place("ledger", "Ledger"));
}
