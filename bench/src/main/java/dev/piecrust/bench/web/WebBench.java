package dev.piecrust.bench.web;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.store.database.DatabaseConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Fills an empty database, serves it, and asks for every page and list many times over. */
public final class WebBench {
  /** So that what is measured is not how the machine warms up. */
  private static final int WARM_UP = 2;

  private static final int OK = 200;

  private final WebSize size;
  private final Consumer<String> progress;
  private final HttpClient client = HttpClient.newHttpClient();

  public WebBench(WebSize size, Consumer<String> progress) {
    this.size = size;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param config an empty database; one with campaigns is a user error
   * @param folder an empty one, for artifacts and the like
   */
  public WebReport run(PageServer server, DatabaseConfig config, Path folder) {
    BenchServed served = server.serve(() -> new BenchServed(config, folder.resolve("artifacts")));
    if (!served.stores().campaigns().byState().isEmpty()) {
      throw user("the database %s has campaigns, expected an empty one", config.url());
    }
    long start = System.nanoTime();
    new BenchData(size, served.stores(), new BenchArtifacts(served.artifacts()))
        .fill(config, folder, progress);
    double seconds = (System.nanoTime() - start) / 1e9;
    List<WebRoutes.Route> routes = new WebRoutes(size).all();
    progress.accept("requests …");
    routes.forEach(route -> time(server, served, route, WARM_UP));
    List<Timing> timings =
        routes.stream().map(route -> time(server, served, route, size.requests())).toList();
    return new WebReport(
        config.url().startsWith("jdbc:h2:") ? "H2" : "PostgreSQL",
        size,
        seconds,
        timings,
        viewers(server, served));
  }

  private Timing time(PageServer server, BenchServed served, WebRoutes.Route route, int requests) {
    SplittableRandom random = new SplittableRandom(route.name().hashCode());
    long[] nanos = new long[requests];
    int bytes = 0;
    long statements = served.database().statements();
    for (int i = 0; i < requests; i++) {
      String path = route.path().apply(random);
      long start = System.nanoTime();
      bytes = Math.max(bytes, get(server, path));
      nanos[i] = System.nanoTime() - start;
    }
    return Timing.of(route.name(), nanos, bytes, served.database().statements() - statements);
  }

  private int get(PageServer server, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path))
            .header("Authorization", "Bearer " + server.token())
            .build();
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != OK) {
        throw new PieCrustException(
            FailureCategory.INTERNAL,
            "%s answered with status %d".formatted(path, answer.statusCode()));
      }
      return answer.body().length;
    } catch (IOException e) {
      throw PieCrustException.external(path + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PieCrustException.external("interrupted", e);
    }
  }

  private ViewerCost viewers(PageServer server, BenchServed served) {
    progress.accept("viewers …");
    try (Viewers viewers = new Viewers(server.httpPort(), server.token())) {
      return viewers.measure(
          size.viewers(),
          served.database()::statements,
          () ->
              served
                  .stores()
                  .campaigns()
                  .enter(WebSize.campaign(0), CampaignState.PAUSED, "for all to see"));
    } catch (IOException e) {
      throw PieCrustException.external("the viewers could not leave", e);
    }
  }
}
