package dev.piecrust.embedded;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Takes traces as OpenTelemetry's collector does, over HTTP, and remembers them. */
final class StandInCollector implements AutoCloseable {
  private static final int RESOURCE_SPANS = 1;
  private static final int SCOPE_SPANS = 2;
  private static final int SPANS = 2;
  private static final int TRACE_ID = 1;
  private static final int NAME = 5;

  /** One step of a trace. */
  record Span(String trace, String name) {}

  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();

  StandInCollector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:%d".formatted(server.getAddress().getPort());
  }

  List<Span> spans() {
    return List.copyOf(spans);
  }

  private void take(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    InputStream body = exchange.getRequestBody();
    try (InputStream in = zipped ? new GZIPInputStream(body) : body) {
      fields(ByteString.readFrom(in), RESOURCE_SPANS)
          .flatMap(resource -> fields(resource, SCOPE_SPANS))
          .flatMap(scope -> fields(scope, SPANS))
          .forEach(span -> spans.add(span(span)));
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static Span span(ByteString span) {
    ByteString trace = fields(span, TRACE_ID).findFirst().orElseThrow();
    ByteString name = fields(span, NAME).findFirst().orElseThrow();
    return new Span(HexFormat.of().formatHex(trace.toByteArray()), name.toStringUtf8());
  }

  /** The parts of a message under one number. */
  private static Stream<ByteString> fields(ByteString message, int number) {
    try {
      return UnknownFieldSet.parseFrom(message).getField(number).getLengthDelimitedList().stream();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not a trace", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
