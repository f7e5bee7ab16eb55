package dev.piecrust.api;

import dev.piecrust.failure.Bounds;
import dev.piecrust.store.database.ListKey;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which part of a list is wanted: query parameters of every list. */
public class Listing {
  private static final int MOST = 200;

  /** Where to go on: the {@code next} of an earlier page. */
  @QueryParam("after")
  @Nullable String after;

  /** Rows of a page, 1 to {@value #MOST}. */
  @QueryParam("limit")
  @DefaultValue("50")
  int limit;

  /** Where to go on; empty for the beginning. */
  public Optional<ListKey> after() {
    return Optional.ofNullable(after).filter(token -> !token.isBlank()).map(ListKey::parse);
  }

  /** Rows of a page; a number out of range is a user error. */
  public int limit() {
    return rows(limit);
  }

  /** The same for a list that does not go on by a key. */
  public static int rows(int limit) {
    Bounds.between("limit", limit, 1, MOST);
    return limit;
  }
}
