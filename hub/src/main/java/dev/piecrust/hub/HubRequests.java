package dev.piecrust.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.FormatMethod;
import dev.piecrust.address.LocalNames;
import dev.piecrust.campaign.HubRef;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.http.EnvironmentProxies;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Requests to the hub and to where it sends on. The token goes to the hub's own address and to no
 * other.
 */
final class HubRequests {
  private static final Duration CONNECT = Duration.ofSeconds(20);

  /** For the head of an answer; its body has a {@link StallGuard}. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private static final int MOST_REDIRECTS = 5;

  private final HubSettings settings;
  private final EnvironmentProxies proxies;
  private final HttpClient client;

  /**
   * @param proxies on the way to the hub and to where it sends on
   */
  HubRequests(HubSettings settings, EnvironmentProxies proxies) {
    this.settings = settings;
    this.proxies = proxies;
    this.client =
        HttpClient.newBuilder()
            .proxy(proxies)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** Of what the hub says about a revision. */
  URI listing(HubRef ref) {
    return below("api/models/%s/revision/%s?blobs=true", ref.repository(), word(ref.revision()));
  }

  /** Of a file's content. */
  URI content(HubRef ref, HubFile file) {
    String path =
        Arrays.stream(file.remotePath().split("/"))
            .map(HubRequests::word)
            .collect(Collectors.joining("/"));
    HubRef at = file.repository(ref);
    return below("%s/resolve/%s/%s", at.repository(), word(at.revision()), path);
  }

  @FormatMethod
  private URI below(String format, Object... parts) {
    return URI.create(settings.endpoint() + "/" + format.formatted(parts));
  }

  private static String word(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  /**
   * The answer, past all redirects.
   *
   * @param range of bytes; empty for all
   */
  HttpResponse<InputStream> send(URI address, String range) throws IOException {
    URI at = address;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      HttpResponse<InputStream> answer = exchange(request(at, range));
      Optional<String> elsewhere = elsewhere(answer);
      if (elsewhere.isEmpty()) {
        return answer;
      }
      answer.body().close();
      at = next(at, elsewhere.get());
    }
    throw new IOException("the hub redirects more than %d times".formatted(MOST_REDIRECTS));
  }

  private static Optional<String> elsewhere(HttpResponse<?> answer) {
    return switch (answer.statusCode()) {
      case 301, 302, 303, 307, 308 -> answer.headers().firstValue("Location");
      default -> Optional.empty();
    };
  }

  /** What came sealed is not fetched open. */
  private URI next(URI at, String location) throws IOException {
    URI next = resolved(at, location);
    if (LocalNames.trusted(at.toString()).isPresent()
        && LocalNames.trusted(next.toString()).isEmpty()) {
      throw new IOException(
          "the hub redirects to %s://%s".formatted(next.getScheme(), next.getHost()));
    }
    return next;
  }

  private static URI resolved(URI at, String location) throws IOException {
    try {
      return at.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the hub redirects to '%s', which is no address".formatted(location), e);
    }
  }

  private HttpRequest request(URI at, String range) {
    HttpRequest.Builder request = proxies.request(at).timeout(ANSWER).GET();
    if (!range.isEmpty()) {
      request.header("Range", range);
    }
    settings
        .token()
        .filter(token -> ownAddress(at))
        .ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request.build();
  }

  /** Whether an address is the hub's own. */
  boolean ownAddress(URI at) {
    URI own = settings.endpoint();
    return own.getScheme().equals(at.getScheme())
        && own.getHost().equalsIgnoreCase(at.getHost())
        && own.getPort() == at.getPort();
  }

  private HttpResponse<InputStream> exchange(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new IOException("%s does not answer (%s)".formatted(request.uri().getHost(), e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PieCrustException.external("interrupted while the hub was asked", e);
    }
  }
}
