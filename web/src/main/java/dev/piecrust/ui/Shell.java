package dev.piecrust.ui;

import java.util.List;

/**
 * What the frame of a page needs to know; the first parameter of every page.
 *
 * @param place path of the {@link Place} that the page belongs to; empty for none
 * @param where how this program runs, and its version
 * @param person who looks at it
 * @param operator whether the person may start and steer campaigns
 * @param admin whether the person may raise budgets
 * @param signedIn whether anyone is known to look
 */
public record Shell(
    String place,
    String where,
    String person,
    boolean operator,
    boolean admin,
    boolean signedIn,
    Assets assets) {
  public List<Place> places() {
    return Place.ALL;
  }
}
