package dev.piecrust.llm;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a provider's rates from the headers of its answers. */
final class LimitHeaders {
  private static final List<String> REQUESTS =
      List.of("x-ratelimit-limit-requests", "anthropic-ratelimit-requests-limit");
  private static final List<String> TOKENS =
      List.of("x-ratelimit-limit-tokens", "anthropic-ratelimit-tokens-limit");

  private LimitHeaders() {}

  static ProviderLimits of(Map<String, List<String>> headers) {
    return new ProviderLimits(first(headers, REQUESTS), first(headers, TOKENS));
  }

  private static Optional<Integer> first(Map<String, List<String>> headers, List<String> names) {
    return headers.entrySet().stream()
        .filter(header -> names.contains(header.getKey().toLowerCase(Locale.ROOT)))
        .flatMap(header -> header.getValue().stream())
        .map(String::strip)
        .filter(value -> value.matches("[1-9]\\d{0,8}"))
        .map(Integer::valueOf)
        .findFirst();
  }
}
