package dev.piecrust.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Reads the bodies of requests before a thread is given to them, so that who sends slowly holds no
 * thread that others need; and refuses those that are too large, too slow or too many.
 */
@Singleton
public class RequestBodies {
  /** After {@link BrowserGuard} and {@link GuessLimit}; a refusal need not be read. */
  private static final int THIRD = 900;

  /** A spec is a page of text, and a command a line. */
  static final int MOST_BYTES = 1 << 20;

  /**
   * Far more than a client has that does not wait for its own answers; 2,000 open pages have it.
   */
  private static final int MOST_REQUESTS = 4096;

  /** With half of a body each, they would hold 128 MiB. */
  private static final int MOST_BODIES = 256;

  /** Of all clients, in bytes: a quarter of the smallest heap that a campaign runs with. */
  private static final long MOST_HELD = 256L << 20;

  /** Headers of a browser with the session of an issuer take 4 to 8 KiB. */
  private static final int MOST_HEADERS = 16 << 10;

  /** No name has it, and PostgreSQL takes no text with it. */
  private static final Pattern NUL = Pattern.compile("%00");

  private final UnderWay requests = new UnderWay(MOST_REQUESTS);
  private final UnderWay bodies = new UnderWay(MOST_BODIES);
  private final AtomicLong held = new AtomicLong();

  void install(@Observes Filters filters) {
    filters.register(this::admit, THIRD);
  }

  private void admit(RoutingContext context) {
    String client = ClientAddress.of(context.request());
    if (!requests.begin(client)) {
      refuse(context, 429, "too many requests of this client are under way; try again later");
      return;
    }
    context.addEndHandler(done -> requests.end(client));
    if (NUL.matcher(context.request().uri()).find()) {
      refuse(context, 400, "the address holds %00, expected an address without it");
    } else if (headerBytes(context.request()) > MOST_HEADERS) {
      refuse(
          context,
          431,
          "the headers are too large, expected %d bytes at most".formatted(MOST_HEADERS));
    } else if (!hasBody(context.request())) {
      context.request().resume();
      context.next();
    } else if (bodies.begin(client)) {
      context.addEndHandler(done -> bodies.end(client));
      read(context);
    } else {
      refuse(context, 429, "too many bodies of this client are under way; try again later");
    }
  }

  private static void refuse(RoutingContext context, int status, String sentence) {
    if (status == 429) {
      context.response().putHeader("Retry-After", "1");
    }
    BodyReader.endAndClose(context, status, sentence);
  }

  private static int headerBytes(HttpServerRequest request) {
    return request.headers().entries().stream()
        .mapToInt(header -> header.getKey().length() + header.getValue().length() + 4)
        .sum();
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return !request.isEnded()
        && (request.version() == HttpVersion.HTTP_2
            || request.getHeader("Transfer-Encoding") != null
            || (length != null && !length.strip().equals("0")));
  }

  private void read(RoutingContext context) {
    BodyReader reader =
        new BodyReader(context, MOST_BYTES, held, MOST_HELD, body -> goOn(context, body));
    reader.begin();
  }

  private static void goOn(RoutingContext context, Buffer body) {
    if (!isUtf8(body)) {
      Problem.end(context, 400, "the body is not a text in UTF-8, expected JSON");
      return;
    }
    ((RoutingContextInternal) context).setBody(body);
    context.next();
  }

  private static boolean isUtf8(Buffer body) {
    try {
      CharBuffer unused = UTF_8.newDecoder().decode(ByteBuffer.wrap(body.getBytes()));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
