package dev.piecrust.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;

/** Lets requests under {@code /api} through only with the {@link AccessToken}. */
@Provider
@PreMatching
public class AccessFilter implements ContainerRequestFilter {
  private final AccessToken token;

  public AccessFilter(AccessToken token) {
    this.token = token;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    boolean guarded = path.matches("/*api(/.*)?");
    Optional<String> authorization =
        Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION));
    if (guarded && !token.admits(authorization)) {
      request.abortWith(Problem.response(401, "USER", "the request carries no valid access token"));
    }
  }
}
