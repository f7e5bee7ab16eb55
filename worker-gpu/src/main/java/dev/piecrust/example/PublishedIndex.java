package dev.piecrust.example;

import static dev.piecrust.failure.PieCrustException.external;
import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.piecrust.campaign.Json;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The index of published feature files (METHOD.md §7): {@code index.json.gz} maps each layer to its
 * file and to byte offsets, of which feature {@code f} lies between number {@code f} and number
 * {@code f + 1}; nothing lies there for a feature that was not published.
 */
final class PublishedIndex {
  /** Where a feature's bytes are. */
  record Place(Path file, long from, long to) {}

  @SuppressWarnings("ArrayRecordComponent") // a hundred thousand numbers, never compared
  private record Layer(Optional<String> filename, long[] offsets) {}

  private final Path folder;
  private final Map<String, Layer> layers;

  private PublishedIndex(Path folder, Map<String, Layer> layers) {
    this.folder = folder;
    this.layers = layers;
  }

  /** Reads the index of a folder, or of the {@code features} folder in it. */
  static PublishedIndex read(Path published) {
    Path inner = published.resolve("features");
    Path folder = Files.isDirectory(inner) ? inner : published;
    Path file = folder.resolve("index.json.gz");
    if (!Files.isRegularFile(file)) {
      throw user("published features %s: expected an index.json.gz in it", published);
    }
    try (InputStream in =
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
      return new PublishedIndex(
          folder, Json.mapper().readValue(in, new TypeReference<Map<String, Layer>>() {}));
    } catch (JsonProcessingException | ZipException | EOFException e) {
      throw user(
          "%s: is not gzip'd JSON of the form {\"0\": {\"filename\": …, \"offsets\": […]}, …}",
          file);
    } catch (IOException e) {
      throw external(file + " cannot be read", e);
    }
  }

  /** Where a feature lies, if it was published. */
  Optional<Place> place(int layer, int index) {
    Layer there = layers.get(Integer.toString(layer));
    if (there == null || there.offsets() == null || index + 1 >= there.offsets().length) {
      return Optional.empty();
    }
    long from = there.offsets()[index];
    long to = there.offsets()[index + 1];
    return from < to
        ? Optional.of(new Place(file(layer, there.filename()), from, to))
        : Optional.empty();
  }

  private Path file(int layer, Optional<String> filename) {
    String name = filename.orElse("layer_" + layer + ".bin");
    Path file = folder.resolve(name).normalize();
    if (!folder.normalize().equals(file.getParent())) {
      throw user(
          "%s: the file name '%s' of layer %d leads out of the folder",
          folder.resolve("index.json.gz"), name, layer);
    }
    return file;
  }
}
