package dev.piecrust.api;

import dev.piecrust.campaign.Json;
import dev.piecrust.failure.FailureCategory;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;

/**
 * An error as {@code application/problem+json} (RFC 9457).
 *
 * @param type always {@code about:blank}
 * @param title the status in words
 * @param status of HTTP
 * @param detail the sentence for people
 * @param category name of the {@link FailureCategory}
 */
public record Problem(String type, String title, int status, String detail, String category) {
  static final String MEDIA_TYPE = "application/problem+json";

  static Response response(int status, String category, String detail) {
    return Response.status(status).type(MEDIA_TYPE).entity(of(status, category, detail)).build();
  }

  private static Problem of(int status, String category, String detail) {
    Response.StatusType known = Response.Status.fromStatusCode(status);
    String title = known == null ? "Error" : known.getReasonPhrase();
    return new Problem("about:blank", title, status, detail, category);
  }

  /** Answers before the request has come to a resource. */
  static void end(RoutingContext context, int status, String detail) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", MEDIA_TYPE)
        .end(Json.write(of(status, "USER", detail)));
  }

  /** The HTTP status of a category. */
  static int status(FailureCategory category) {
    return switch (category) {
      case USER -> 400;
      case EXTERNAL -> 503;
      case RESOURCES -> 507;
      case NUMERIC, LETHAL, INTERNAL -> 500;
    };
  }
}
