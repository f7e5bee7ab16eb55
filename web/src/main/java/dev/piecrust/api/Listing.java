package dev.piecrust.api;

import dev.piecrust.failure.Bounds;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.store.database.ListKey;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Which part of a list is wanted: query parameters of every list. */
public class Listing {
  static final int MOST = 200;

  /** Where to go on: the {@code next} of an earlier page. */
  @QueryParam("after")
  @Nullable String after;

  /** Rows of a page, 1 to {@value #MOST}. */
  @QueryParam("limit")
  @DefaultValue("50")
  int limit;

  /** The part of a list that is wanted; a number of rows out of range is a user error. */
  public <T> T of(BiFunction<Optional<ListKey>, Integer, T> list) {
    return of(rows(limit), list);
  }

  /**
   * The same with so many rows.
   *
   * @param list nothing else that it was asked can be wrong: a place that is not in it is not there
   */
  public <T> T of(int rows, BiFunction<Optional<ListKey>, Integer, T> list) {
    Optional<String> place = Optional.ofNullable(after).filter(token -> !token.isEmpty());
    try {
      return list.apply(place.map(ListKey::parse), rows);
    } catch (PieCrustException e) {
      if (place.isPresent() && e.category() == FailureCategory.USER) {
        throw new NotThere(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  /** The same for a list that does not go on by a key. */
  public static int rows(int limit) {
    Bounds.between("limit", limit, 1, MOST);
    return limit;
  }
}
