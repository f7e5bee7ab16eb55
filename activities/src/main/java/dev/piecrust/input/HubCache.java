package dev.piecrust.input;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the hub's tools keep what they download, by the environment variables that all of them
 * know.
 */
public final class HubCache {
  private HubCache() {}

  /** {@code HF_HUB_CACHE}, by default {@code hub} in {@link #home}. */
  public static Path folder(Map<String, String> environment, Path userHome) {
    return path(environment, "HF_HUB_CACHE").orElse(home(environment, userHome).resolve("hub"));
  }

  /** {@code HF_HOME}, by default {@code huggingface} in the user's cache. */
  public static Path home(Map<String, String> environment, Path userHome) {
    return path(environment, "HF_HOME")
        .orElseGet(
            () ->
                path(environment, "XDG_CACHE_HOME")
                    .orElse(userHome.resolve(".cache"))
                    .resolve("huggingface"));
  }

  private static Optional<Path> path(Map<String, String> environment, String name) {
    return Optional.of(environment.getOrDefault(name, "").strip())
        .filter(text -> !text.isEmpty())
        .map(Path::of);
  }
}
