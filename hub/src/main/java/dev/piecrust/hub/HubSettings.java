package dev.piecrust.hub;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.address.LocalNames;
import dev.piecrust.input.HubCache;
import dev.piecrust.input.InputFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the hub is and what it may be asked, by the environment variables that its other tools know
 * too.
 *
 * @param endpoint {@code HF_ENDPOINT}, an http or https address; with a token, http on this machine
 *     alone
 * @param token {@code HF_TOKEN}, or what the file {@code token} in {@code HF_HOME} holds
 * @param offline {@code HF_HUB_OFFLINE}: nothing is asked, the cache alone counts
 * @param cache {@code HF_HUB_CACHE}, by default {@code hub} in {@code HF_HOME}; absolute
 */
public record HubSettings(URI endpoint, Optional<String> token, boolean offline, Path cache) {
  private static final String PUBLIC = "https://huggingface.co";

  /** Far above any token. */
  private static final long LONGEST = 1 << 14;

  private static final Set<String> YES = Set.of("1", "ON", "YES", "TRUE");

  public HubSettings {
    boolean web = Set.of("http", "https").contains(String.valueOf(endpoint.getScheme()));
    if (!web || endpoint.getHost() == null) {
      throw user("HF_ENDPOINT is '%s', expected https://HOST", endpoint);
    }
    if (token.isPresent() && LocalNames.trusted(endpoint.toString()).isEmpty()) {
      throw user(
          "HF_ENDPOINT is '%s', and a token goes over the network sealed or not at all; expected"
              + " https://… (http:// on this machine alone)",
          endpoint);
    }
    cache = cache.toAbsolutePath().normalize();
  }

  static HubSettings ofThisProcess() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  static HubSettings of(Map<String, String> environment, Path userHome) {
    Path home = HubCache.home(environment, userHome);
    return new HubSettings(
        endpoint(value(environment, "HF_ENDPOINT").orElse(PUBLIC)),
        value(environment, "HF_TOKEN").or(() -> saved(home.resolve("token"))),
        YES.contains(environment.getOrDefault("HF_HUB_OFFLINE", "").toUpperCase(Locale.ROOT)),
        HubCache.folder(environment, userHome));
  }

  private static URI endpoint(String text) {
    try {
      return URI.create(text.replaceFirst("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw user("HF_ENDPOINT is '%s', expected https://HOST", text);
    }
  }

  private static Optional<String> saved(Path file) {
    return Files.isRegularFile(file)
        ? Optional.of(new InputFile(file, file.toString(), "a token").text(LONGEST).strip())
            .filter(token -> !token.isEmpty())
        : Optional.empty();
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.of(environment.getOrDefault(name, "").strip()).filter(text -> !text.isEmpty());
  }

  /** The cache and the endpoint; the token is nobody's business. */
  @Override
  public String toString() {
    return "%s, cache %s%s".formatted(endpoint, cache, offline ? ", offline" : "");
  }
}
