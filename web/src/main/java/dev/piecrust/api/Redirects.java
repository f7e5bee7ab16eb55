package dev.piecrust.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Leads elsewhere here, by a path alone: a proxy before this process may be reached otherwise. */
public final class Redirects {
  private Redirects() {}

  /** See {@code path}, by {@code GET}. */
  public static Response.ResponseBuilder to(String path) {
    return Response.status(Response.Status.SEE_OTHER).header(HttpHeaders.LOCATION, path);
  }
}
