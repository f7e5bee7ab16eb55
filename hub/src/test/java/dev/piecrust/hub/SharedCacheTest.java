package dev.piecrust.hub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.HubRef;
import dev.piecrust.input.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cache that the hub's own Python library has made ({@code src/test/hub/make_cache.py}), beside
 * what this program makes of the same repository.
 */
final class SharedCacheTest {
  private static final Path FILES = Path.of("src/test/hub/cache");
  private static final Path LINKS = Path.of("src/test/hub/links");
  private static final HubRef REF = HubRef.parse("hf://org/model");
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final Path SNAPSHOT = Path.of("models--org--model/snapshots").resolve(COMMIT);

  @TempDir Path theirs;
  @TempDir Path folder;

  @BeforeEach
  void layOut() throws IOException {
    layOut(theirs);
  }

  @Test
  void isReadWhereThereIsNoNetwork() {
    HubSettings offline =
        new HubSettings(URI.create("http://127.0.0.1:1"), Optional.empty(), true, theirs);
    assertThat(HubFixture.fetch(new Hub(offline))).isEqualTo(theirs.resolve(SNAPSHOT));
  }

  @Test
  void looksTheSameAsOurs() throws IOException {
    try (StandInHub server = new StandInHub()) {
      String commit = server.push("org/model", files());
      HubFixture.fetch(new Hub(server.settings(folder)));
      assertThat(tree(folder, commit)).isEqualTo(tree(theirs, COMMIT));
    }
  }

  @Test
  void isNotDownloadedAgain() throws IOException {
    layOut(folder);
    try (StandInHub server = new StandInHub()) {
      server.push("org/model", files());
      Path ours =
          new Hub(server.settings(folder)).folder(REF, HubPart.MODEL, HubProgress.UNWATCHED);
      assertThat(server.asked()).hasSize(1);
      assertThat(ours.resolve("model.safetensors"))
          .hasSameBinaryContentAs(theirs.resolve(SNAPSHOT).resolve("model.safetensors"));
    }
  }

  private Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : new String[] {"config.json", "model.safetensors"}) {
      files.put(name, Files.readAllBytes(theirs.resolve(SNAPSHOT).resolve(name)));
    }
    return files;
  }

  /**
   * Links with what they say, and files with what they hold, but for what each tool keeps alone.
   */
  private static Map<String, String> tree(Path cache, String commit) throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(cache)) {
      for (Path path :
          paths.filter(p -> !Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS)).toList()) {
        String name = cache.relativize(path).toString();
        if (!name.startsWith(".locks") && !name.contains("/.piecrust/")) {
          String content =
              Files.isSymbolicLink(path)
                  ? "-> " + Files.readSymbolicLink(path)
                  : Sha256.of(
                      new String(Files.readAllBytes(path), ISO_8859_1).replace(commit, "COMMIT"));
          tree.put(name.replace(commit, "COMMIT"), content);
        }
      }
    }
    return tree;
  }

  private static void layOut(Path cache) throws IOException {
    try (Stream<Path> paths = Files.walk(FILES)) {
      for (Path path : paths.skip(1).toList()) {
        Files.copy(path, cache.resolve(FILES.relativize(path).toString()));
      }
    }
    for (String line : Files.readAllLines(LINKS)) {
      String[] link = line.split(" ");
      Path name = cache.resolve(link[0]);
      Files.createDirectories(name.getParent());
      Files.createSymbolicLink(name, Path.of(link[1]));
    }
  }
}
