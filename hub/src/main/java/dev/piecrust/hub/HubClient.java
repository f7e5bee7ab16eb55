package dev.piecrust.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.piecrust.campaign.HubRef;
import dev.piecrust.http.EnvironmentProxies;
import dev.piecrust.http.RetryAfter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Asks the hub. What is downloaded goes on where it was cut off. */
final class HubClient {
  /** Of a listing; the largest repositories have some ten thousand files. */
  private static final int LARGEST_ANSWER = 64 << 20;

  private static final int PARTIAL = 206;

  /** Elsewhere it is an address that was good for a while; the hub gives another. */
  private static final int FORBIDDEN = 403;

  private static final int BEYOND_THE_END = 416;

  private final RetryPolicy patience;
  private final HubRequests requests;
  private final HubAnswers answers;

  HubClient(HubSettings settings, RetryPolicy patience) {
    this.patience = patience;
    this.requests = new HubRequests(settings, EnvironmentProxies.ofThisProcess());
    this.answers = new HubAnswers(settings.endpoint(), settings.token().isPresent());
  }

  /** The hub's answer about a revision, in JSON. */
  String listing(HubRef ref) {
    URI address = requests.listing(ref);
    return patience.persist(
        "the list of " + ref,
        () -> 0,
        () -> {
          try (InputStream body = open(ref, Optional.empty(), address, "")) {
            return new String(body.readNBytes(LARGEST_ANSWER), UTF_8);
          }
        });
  }

  /** Some bytes of a file, fewer where it ends before. */
  byte[] part(HubRef ref, HubFile file, long from, int bytes) {
    int length = (int) Math.min(bytes, file.size() - from);
    return patience.persist(
        "a part of %s of %s".formatted(file.path(), ref),
        () -> 0,
        () -> {
          String range = "bytes=%d-%d".formatted(from, from + Math.max(0, length - 1));
          try (InputStream body =
              open(ref, Optional.of(file), requests.content(ref, file), range)) {
            byte[] found = body.readNBytes(length);
            if (found.length < length) {
              throw new EOFException("cut off at byte %d".formatted(found.length));
            }
            return found;
          }
        });
  }

  /**
   * Downloads what is missing of a file behind what there is of it.
   *
   * @param arrived is told how much there is
   */
  void complete(HubRef ref, HubFile file, PartialFile part, LongConsumer arrived) {
    patience.persist(
        "%s of %s".formatted(file.path(), ref),
        part::size,
        () -> {
          go(ref, file, part, arrived);
          return part;
        });
  }

  private void go(HubRef ref, HubFile file, PartialFile part, LongConsumer arrived)
      throws IOException {
    long have = part.size();
    arrived.accept(have);
    if (have >= file.size()) {
      return;
    }
    String range = have == 0 ? "" : "bytes=%d-".formatted(have);
    HttpResponse<InputStream> answer =
        send(ref, Optional.of(file), requests.content(ref, file), range);
    try (InputStream body = new StallGuard(answer.body(), patience.stall())) {
      if (answer.statusCode() == BEYOND_THE_END) {
        part.delete();
        throw new EOFException("the hub has less of it than is here");
      }
      part.append(body, answer.statusCode() == PARTIAL ? have : 0, file.size(), arrived);
    }
    if (part.size() < file.size()) {
      throw new EOFException("cut off at byte %d of %d".formatted(part.size(), file.size()));
    }
  }

  private InputStream open(HubRef ref, Optional<HubFile> file, URI address, String range)
      throws IOException {
    return new StallGuard(send(ref, file, address, range).body(), patience.stall());
  }

  private HttpResponse<InputStream> send(
      HubRef ref, Optional<HubFile> file, URI address, String range) throws IOException {
    HttpResponse<InputStream> answer = requests.send(address, range);
    int status = answer.statusCode();
    if (status / 100 == 2 || status == BEYOND_THE_END) {
      return answer;
    }
    if (answer.body() != null) { // there is none where a proxy refuses a tunnel
      answer.body().close();
    }
    boolean expired = status == FORBIDDEN && !requests.ownAddress(answer.uri());
    if (HubAnswers.busy(status) || expired) {
      throw new BusyException(
          "the hub answers with status " + status,
          RetryAfter.of(answer.headers(), Clock.systemUTC()));
    }
    HubRef asked = file.map(one -> one.repository(ref)).orElse(ref);
    throw answers.refusal(asked, file, status, answer.headers());
  }
}
