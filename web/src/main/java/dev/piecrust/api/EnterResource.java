package dev.piecrust.api;

import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The door for browsers: who gives a token gets a cookie, and the token leaves the address line.
 */
@Path("/enter")
@Produces(MediaType.TEXT_HTML)
public class EnterResource {
  private static final String FIRST_PAGE = "/campaigns";
  private static final int A_MONTH = 30 * 24 * 3600;

  private final AccessTokens tokens;
  private final ErrorPages pages;

  public EnterResource(AccessTokens tokens, ErrorPages pages) {
    this.tokens = tokens;
    this.pages = pages;
  }

  /** By the address that the program prints. */
  @PermitAll
  @GET
  public Response byAddress(@QueryParam("key") @Nullable String key, HttpServerRequest request) {
    return enter(key, request);
  }

  /** By a form. */
  @PermitAll
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response byForm(@FormParam("token") @Nullable String token, HttpServerRequest request) {
    return enter(token, request);
  }

  /** The way to an issuer of OpenID Connect and back: who gets here has signed in. */
  @PermitAll
  @GET
  @Path("/openid")
  public Response byOpenId() {
    return Response.seeOther(URI.create(FIRST_PAGE)).build();
  }

  /** Where the issuer sends those whom it does not let in. */
  @PermitAll
  @GET
  @Path("/refused")
  public Response refused() {
    return stranger("You were not signed in: whoever keeps the accounts refused, or you did.");
  }

  private Response enter(@Nullable String given, HttpServerRequest request) {
    Optional<AccessToken> token =
        Optional.ofNullable(given).map(String::strip).flatMap(tokens::given);
    if (token.isEmpty()) {
      return stranger(given == null ? "" : "This token is not valid here, or not any more.");
    }
    PageCookie cookie = token.get().cookie();
    return Response.seeOther(URI.create(FIRST_PAGE))
        .cookie(
            new NewCookie.Builder(cookie.name())
                .value(cookie.value())
                .path("/")
                .maxAge(A_MONTH)
                .httpOnly(true)
                .secure(request.isSSL())
                .sameSite(NewCookie.SameSite.STRICT)
                .build())
        .build();
  }

  private Response stranger(String wrong) {
    return Response.status(Response.Status.UNAUTHORIZED).entity(pages.signIn(wrong)).build();
  }
}
