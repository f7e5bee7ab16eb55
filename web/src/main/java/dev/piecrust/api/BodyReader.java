package dev.piecrust.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Reads one body as it comes, on the thread that the connection belongs to. */
final class BodyReader {
  /** A line that stands still for so long in a megabyte is lost. */
  private static final long STILL_MS = 10_000;

  /** A megabyte over 17 KiB a second, which every line does. */
  private static final long WHOLE_MS = 60_000;

  /** Until then the rest of a refused body is thrown away, so that its sender reads the refusal. */
  private static final long LINGER_MS = 5_000;

  private final RoutingContext context;
  private final int mostBytes;
  private final AtomicLong held;
  private final long mostHeld;
  private final Consumer<Buffer> done;
  private final Buffer body = Buffer.buffer();
  private long stillTimer;
  private long wholeTimer;
  private boolean over;

  /**
   * @param held bytes of bodies that all readers hold together
   * @param done gets a body that has come in whole
   */
  BodyReader(
      RoutingContext context,
      int mostBytes,
      AtomicLong held,
      long mostHeld,
      Consumer<Buffer> done) {
    this.context = context;
    this.mostBytes = mostBytes;
    this.held = held;
    this.mostHeld = mostHeld;
    this.done = done;
  }

  void begin() {
    HttpServerRequest request = context.request();
    if (declared(request) > mostBytes) {
      tooLarge();
      return;
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      context.response().writeContinue();
    }
    context.addEndHandler(ended -> release());
    wholeTimer = context.vertx().setTimer(WHOLE_MS, late -> tooSlow());
    stillTimer = context.vertx().setTimer(STILL_MS, late -> tooSlow());
    request.exceptionHandler(lost -> stop());
    request.handler(this::part);
    request.endHandler(end -> whole());
    request.resume();
  }

  private static long declared(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length.strip());
    } catch (NumberFormatException tooManyDigits) {
      return Long.MAX_VALUE;
    }
  }

  private void part(Buffer part) {
    if (over) {
      return;
    }
    if (body.length() + part.length() > mostBytes) {
      tooLarge();
      return;
    }
    body.appendBuffer(part);
    if (held.addAndGet(part.length()) > mostHeld) {
      refuse(503, "too much is being sent here; try again later");
      return;
    }
    context.vertx().cancelTimer(stillTimer);
    stillTimer = context.vertx().setTimer(STILL_MS, late -> tooSlow());
  }

  private void whole() {
    if (!over) {
      stop();
      done.accept(body);
    }
  }

  private void tooLarge() {
    refuse(413, "the body is too large, expected %d bytes at most".formatted(mostBytes));
  }

  private void tooSlow() {
    refuse(
        408,
        "the body did not come in time, expected a part every %d s and all of it within %d s"
            .formatted(STILL_MS / 1000, WHOLE_MS / 1000));
  }

  private void refuse(int status, String sentence) {
    if (!over) {
      stop();
      endAndClose(context, status, sentence);
    }
  }

  private void stop() {
    over = true;
    context.vertx().cancelTimer(stillTimer);
    context.vertx().cancelTimer(wholeTimer);
  }

  /** Once a request has ended its body is held no more. */
  private void release() {
    stop();
    held.addAndGet(-body.length());
  }

  /** Answers, throws away what is still sent, and ends the connection where that does not end. */
  static void endAndClose(RoutingContext context, int status, String sentence) {
    HttpServerRequest request = context.request();
    Problem.end(context, status, sentence);
    if (!request.isEnded()) {
      long linger = context.vertx().setTimer(LINGER_MS, late -> request.connection().close());
      request.handler(rest -> {});
      request.exceptionHandler(lost -> context.vertx().cancelTimer(linger));
      request.endHandler(end -> context.vertx().cancelTimer(linger));
      request.resume();
    }
  }
}
