package dev.piecrust.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder that is allowed, and one whose name begins alike and that is not.
 *
 * @param data allowed; has a folder {@code model}
 * @param evil has a folder {@code model} and a file {@code pairs.jsonl}
 * @param roots allow the first alone
 */
public record RootAndNeighbour(Path data, Path evil, Roots roots) {
  /** Makes both. */
  public static RootAndNeighbour in(Path folder) throws IOException {
    Path data = folder.resolve("data");
    Path evil = folder.resolve("data-evil");
    Files.createDirectories(data.resolve("model"));
    Files.createDirectories(evil.resolve("model"));
    Files.writeString(evil.resolve("pairs.jsonl"), "{}");
    return new RootAndNeighbour(data, evil, new Roots(List.of(data)));
  }
}
