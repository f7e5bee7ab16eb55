package dev.piecrust.evidence;

import static dev.piecrust.failure.PieCrustException.external;
import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.BoundedJson;
import dev.piecrust.input.InputFile;
import dev.piecrust.input.Quote;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.zip.ZipException;

/**
 * The index of published feature files (docs/method.md §7): {@code index.json.gz} maps each layer
 * to its file and to byte offsets, of which feature {@code f} lies between number {@code f} and
 * number {@code f + 1}; nothing lies there for a feature that was not published.
 */
final class PublishedIndex {
  /** Where a feature's bytes are. */
  record Place(Path file, long from, long to) {}

  @SuppressWarnings("ArrayRecordComponent") // a hundred thousand numbers, never compared
  private record Layer(Optional<String> filename, long[] offsets) {}

  /** Of 26 layers with 426 thousand features it takes 140 MB. */
  private static final long LONGEST = 512L << 20;

  /** Twice as many as the largest that is published has; 160 MB. */
  private static final int MOST_OFFSETS = 20_000_000;

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
    if (Files.notExists(file)) {
      throw user(
          "published features %s: has no index.json.gz, expected one in it or in its folder"
              + " features, or a Neuronpedia export's folder activations",
          published);
    }
    InputFile input = new InputFile(file, file.toString(), "an index of features");
    try (InputStream in = input.unpacked(LONGEST);
        JsonParser parser =
            BoundedJson.parser(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()))) {
      return new PublishedIndex(folder, layers(parser, file));
    } catch (JsonProcessingException | ZipException | EOFException | CharacterCodingException e) {
      throw malformed(file);
    } catch (IOException e) {
      throw external(file + " cannot be read", e);
    }
  }

  private static Map<String, Layer> layers(JsonParser parser, Path file) throws IOException {
    Map<String, Layer> layers = new HashMap<>();
    Offsets offsets = new Offsets(file);
    expect(parser.nextToken() == JsonToken.START_OBJECT, file);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String layer = parser.currentName();
      expect(parser.nextToken() == JsonToken.START_OBJECT, file);
      expect(layers.put(layer, layer(parser, offsets, file)) == null, file);
    }
    return layers;
  }

  private static Layer layer(JsonParser parser, Offsets offsets, Path file) throws IOException {
    Optional<String> filename = Optional.empty();
    long[] read = {};
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      if (key.equals("filename") && value == JsonToken.VALUE_STRING) {
        filename = Optional.of(parser.getText());
      } else if (key.equals("offsets") && value == JsonToken.START_ARRAY) {
        read = offsets.read(parser);
      } else {
        expect(!key.equals("offsets") || value == JsonToken.VALUE_NULL, file);
        parser.skipChildren();
      }
    }
    return new Layer(filename, read);
  }

  /** Reads lists of offsets, of which all layers together have no more than there is room for. */
  private static final class Offsets {
    private final Path file;
    private int left = MOST_OFFSETS;

    Offsets(Path file) {
      this.file = file;
    }

    long[] read(JsonParser parser) throws IOException {
      LongStream.Builder offsets = LongStream.builder();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        expect(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, file);
        if (left-- == 0) {
          throw user("%s: has more than %d offsets, expected at most so many", file, MOST_OFFSETS);
        }
        offsets.add(parser.getLongValue());
      }
      return offsets.build().toArray();
    }
  }

  private static void expect(boolean wellFormed, Path file) {
    if (!wellFormed) {
      throw malformed(file);
    }
  }

  private static PieCrustException malformed(Path file) {
    return user(
        "%s: is damaged or of another form, expected gzip'd JSON such as {\"0\": {\"filename\": …,"
            + " \"offsets\": […]}, …}",
        file);
  }

  /** Where a feature lies, if it was published. */
  Optional<Place> place(int layer, int index) {
    Layer there = layers.get(Integer.toString(layer));
    if (there == null || index + 1 >= there.offsets().length) {
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
    Path file = resolved(name, layer);
    if (!folder.normalize().equals(file.getParent())) {
      throw user(
          "%s: the file name '%s' of layer %d leads out of the folder, expected the name of a file"
              + " in it",
          folder.resolve("index.json.gz"), Quote.of(name), layer);
    }
    return file;
  }

  private Path resolved(String name, int layer) {
    try {
      return folder.resolve(name).normalize();
    } catch (InvalidPathException e) {
      throw user(
          "%s: the file name '%s' of layer %d is no path, expected the name of a file",
          folder.resolve("index.json.gz"), Quote.of(name), layer);
    }
  }
}
