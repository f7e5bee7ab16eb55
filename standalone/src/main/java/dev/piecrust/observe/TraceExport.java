package dev.piecrust.observe;

import static dev.piecrust.failure.PieCrustException.user;

import java.util.Map;

/**
 * Where traces go: nowhere, unless {@code PIECRUST_OTLP_ENDPOINT} or the standard {@code
 * OTEL_EXPORTER_OTLP_ENDPOINT} names a collector.
 *
 * @param endpoint such as {@code http://collector:4318}; empty for nowhere
 */
public record TraceExport(String endpoint) {
  public static final String VARIABLE = "PIECRUST_OTLP_ENDPOINT";
  public static final String STANDARD = "OTEL_EXPORTER_OTLP_ENDPOINT";

  /** The port at which collectors speak gRPC by convention; at all others they speak HTTP. */
  private static final String GRPC = ":4317";

  public TraceExport {
    if (!endpoint.isEmpty() && !endpoint.matches("https?://[^/].*")) {
      throw user("%s is '%s', expected http://HOST:4318 or alike", VARIABLE, endpoint);
    }
  }

  public static TraceExport of(Map<String, String> environment) {
    return new TraceExport(
        environment.getOrDefault(VARIABLE, environment.getOrDefault(STANDARD, "")));
  }

  /** The settings of the application that differ from the defaults. */
  public Map<String, String> settings() {
    return endpoint.isEmpty()
        ? Map.of()
        : Map.of(
            "quarkus.otel.sdk.disabled",
            "false",
            "quarkus.otel.exporter.otlp.endpoint",
            endpoint,
            "quarkus.otel.exporter.otlp.protocol",
            endpoint.replaceFirst("/+$", "").endsWith(GRPC) ? "grpc" : "http/protobuf");
  }
}
