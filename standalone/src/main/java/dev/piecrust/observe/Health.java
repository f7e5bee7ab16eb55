package dev.piecrust.observe;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.SortedMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Answers {@code /q/health/live} and {@code /q/health/ready}. */
@Singleton
public class Health {
  private final Vitals vitals = new Vitals();

  @Produces
  @Singleton
  Vitals vitals() {
    return vitals;
  }

  @Produces
  @Singleton
  @Liveness
  HealthCheck alive() {
    return () -> {
      List<String> stopped = vitals.stopped();
      HealthCheckResponseBuilder response =
          HealthCheckResponse.named("work").status(stopped.isEmpty());
      stopped.forEach(name -> response.withData(name, "has stopped"));
      return response.build();
    };
  }

  @Produces
  @Singleton
  @Readiness
  HealthCheck ready() {
    return () -> {
      SortedMap<String, String> missing = vitals.missing();
      HealthCheckResponseBuilder response =
          HealthCheckResponse.named("needs").status(vitals.started() && missing.isEmpty());
      missing.forEach(response::withData);
      return (vitals.started() ? response : response.withData("process", "is starting")).build();
    };
  }
}
