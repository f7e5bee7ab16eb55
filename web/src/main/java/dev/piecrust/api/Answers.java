package dev.piecrust.api;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** Says no: to programs with a {@link Problem}, to people with a page. */
@Singleton
public class Answers {
  private final ErrorPages pages;
  private final HttpHeaders headers;
  private final UriInfo uri;

  public Answers(ErrorPages pages, HttpHeaders headers, UriInfo uri) {
    this.pages = pages;
    this.headers = headers;
    this.uri = uri;
  }

  /** An answer with a status of HTTP and a sentence. */
  Response refuse(int status, String category, String sentence) {
    return wantsPage()
        ? html(status, pages.of(status, sentence))
        : Problem.response(status, category, sentence);
  }

  /** An answer before anybody was asked who it is. */
  Response turnAway(int status, String sentence) {
    return wantsPage()
        ? html(status, pages.outside(status, sentence))
        : Problem.response(status, "USER", sentence);
  }

  /** Whether a person asks for something to look at. */
  boolean wantsPage() {
    return ErrorPages.wanted(
        uri.getPath(), String.valueOf(headers.getHeaderString(HttpHeaders.ACCEPT)));
  }

  /** Asks a stranger who is there. */
  Response signIn() {
    return html(Response.Status.UNAUTHORIZED.getStatusCode(), pages.signIn(""));
  }

  private static Response html(int status, String page) {
    return Response.status(status)
        .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
        .entity(page)
        .build();
  }
}
