package dev.piecrust.api;

import dev.piecrust.api.access.AccessTokens;
import dev.piecrust.api.access.PageCookie;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Slows those who try tokens: a client that has given many wrong ones waits a second for each
 * answer, whether the next is right or wrong, and may wait for a few at a time only. The token of
 * the commands of this machine's user is nothing to guess, and never waits.
 */
@Singleton
public class GuessLimit {
  /** After {@link BrowserGuard}, and before a body is read. */
  private static final int SECOND = 950;

  private static final long PENALTY_MS = 1000;

  /** More at a time would make up for the waiting. */
  private static final int MOST_WAITING = 10;

  private final AccessTokens tokens;
  private final Guesses guesses = new Guesses(System::nanoTime);
  private final UnderWay waiting = new UnderWay(MOST_WAITING);

  public GuessLimit(AccessTokens tokens) {
    this.tokens = tokens;
  }

  void install(@Observes Filters filters) {
    filters.register(this::slow, SECOND);
  }

  private void slow(RoutingContext context) {
    if (!carriesASecret(context.request()) || tokens.areOfThisUser(context.request())) {
      context.next();
      return;
    }
    String client = ClientAddress.of(context.request());
    context.addEndHandler(
        done -> {
          if (context.response().getStatusCode() == 401) {
            guesses.wrong(client);
          }
        });
    if (!guesses.suspects(client)) {
      context.next();
    } else if (waiting.begin(client)) {
      goOnLater(context, client);
    } else {
      context.response().putHeader("Retry-After", "1");
      Problem.end(context, 429, "too many wrong access tokens came from here; try again later");
    }
  }

  private void goOnLater(RoutingContext context, String client) {
    context.request().pause(); // RequestBodies goes on with it
    long unused =
        context
            .vertx()
            .setTimer(
                PENALTY_MS,
                over -> {
                  waiting.end(client);
                  if (!context.response().closed()) {
                    context.next();
                  }
                });
  }

  private static boolean carriesASecret(HttpServerRequest request) {
    return request.getHeader("Authorization") != null
        || request.cookies().stream().anyMatch(PageCookie::isOne)
        || (request.path().equals(EnterResource.PATH)
            && (request.method().equals(HttpMethod.POST) || request.query() != null));
  }
}
