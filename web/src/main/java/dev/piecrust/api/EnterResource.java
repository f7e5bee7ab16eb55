package dev.piecrust.api;

import dev.piecrust.api.access.AccessToken;
import dev.piecrust.api.access.AccessTokens;
import dev.piecrust.api.access.PageCookie;
import io.vertx.core.http.Cookie;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The door for browsers: who gives a token gets a cookie, and the token leaves the address line.
 */
@Path(EnterResource.PATH)
@Produces(MediaType.TEXT_HTML)
public class EnterResource {
  static final String PATH = "/enter";

  /** Beginning of the names of the cookies of those who signed in at an issuer. */
  private static final String OPENID_SESSION = "q_session";

  private static final String FIRST_PAGE = "/campaigns";

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
    return Redirects.to(FIRST_PAGE).build();
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
    return Redirects.to(FIRST_PAGE)
        .cookie(
            cookie(
                cookie.name(),
                cookie.value(Instant.now()),
                (int) PageCookie.LIFE.toSeconds(),
                request))
        .build();
  }

  /** Forgets a browser, whoever let it in. */
  @PermitAll
  @POST
  @Path("/leave")
  public Response leave(HttpServerRequest request) {
    List<String> names = tokens.cookieNames();
    NewCookie[] ended =
        request.cookies().stream()
            .map(Cookie::getName)
            .filter(name -> names.contains(name) || name.startsWith(OPENID_SESSION))
            .distinct()
            .map(name -> cookie(name, "", 0, request))
            .toArray(NewCookie[]::new);
    return Redirects.to(PATH).cookie(ended).build();
  }

  private static NewCookie cookie(
      String name, String value, int seconds, HttpServerRequest request) {
    return new NewCookie.Builder(name)
        .value(value)
        .path("/")
        .maxAge(seconds)
        .httpOnly(true)
        .secure(request.isSSL())
        .sameSite(NewCookie.SameSite.STRICT)
        .build();
  }

  private Response stranger(String wrong) {
    return Response.status(Response.Status.UNAUTHORIZED).entity(pages.signIn(wrong)).build();
  }
}
