package dev.piecrust.bench.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** People who go from page to page, each at a pace of its own. */
final class Readers implements AutoCloseable {
  private static final int OK = 200;
  private static final double MILLI = 1e6;

  /** An answer that takes longer counts as none. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI server;
  private final String token;
  private final List<String> paths;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();
  private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
  private final ConcurrentHashMap<String, Integer> errors = new ConcurrentHashMap<>();
  private final SplittableRandom random = new SplittableRandom(11);

  /** All begin to read, spread over one pause between two pages. */
  Readers(int port, String token, List<String> paths, int readers) {
    this.server = URI.create("http://127.0.0.1:" + port);
    this.token = token;
    this.paths = paths;
    long every = TimeUnit.SECONDS.toMicros(LoadSize.READ_EVERY_SECONDS);
    for (int i = 0; i < readers; i++) {
      var unused =
          clock.scheduleAtFixedRate(this::read, every * i / readers, every, TimeUnit.MICROSECONDS);
    }
  }

  private void read() {
    String path = paths.get(random.nextInt(paths.size()));
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .build();
    long start = System.nanoTime();
    var unused =
        client
            .sendAsync(request, HttpResponse.BodyHandlers.discarding())
            .whenComplete(
                (answer, failure) -> {
                  nanos.add(System.nanoTime() - start);
                  if (failure != null) {
                    error(failure.toString());
                  } else if (answer.statusCode() != OK) {
                    error("%s answered with status %d".formatted(path, answer.statusCode()));
                  }
                });
  }

  private void error(String what) {
    errors.merge(what, 1, Integer::sum);
  }

  /** What went wrong, and how often. */
  List<String> errors() {
    List<String> lines = new ArrayList<>();
    errors.forEach((what, times) -> lines.add("%d times: %s".formatted(times, what)));
    return lines;
  }

  int requests() {
    return nanos.size();
  }

  /** A share of requests took no longer than this, in milliseconds. */
  double quantile(double share) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1] / MILLI;
  }

  /** No more of them; what is under way is still counted where it ends in time. */
  void stop() {
    clock.shutdownNow();
  }

  @Override
  public void close() {
    stop();
    threads.shutdown();
  }
}
