package dev.piecrust.exchange;

import static dev.piecrust.failure.PieCrustException.external;
import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.artifact.Sha256;
import dev.piecrust.feature.FeatureId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * What features mean, as somebody else says. The name tells the form: {@code .json} is an object by
 * Cantor id as the exports have it; {@code .jsonl} has one object a line and {@code .csv} one
 * record a line, each with a text, called description, and with either a layer and an index (or
 * feature) or an id (or cantor_id). {@code .gz} is unpacked.
 *
 * @param sha256 of the file
 * @param descriptions by layer and index; features without one are left out
 */
public record DescriptionFile(String sha256, SortedMap<FeatureId, String> descriptions) {
  public DescriptionFile {
    descriptions = Collections.unmodifiableSortedMap(new TreeMap<>(descriptions));
  }

  /** Reads a file; what cannot be read as descriptions is a user error that names the line. */
  public static DescriptionFile read(Path file) {
    byte[] bytes = bytes(file);
    String whole = file.toString();
    boolean packed = whole.endsWith(".gz");
    String name = packed ? whole.substring(0, whole.length() - ".gz".length()) : whole;
    DescriptionReader reader = new DescriptionReader("descriptions " + file);
    try (InputStream in = open(bytes, packed)) {
      if (name.endsWith(".json")) {
        reader.readObject(in);
      } else if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
        reader.readLines(in);
      } else if (name.endsWith(".csv")) {
        reader.readTable(in);
      } else {
        throw user(
            "descriptions %s: the name does not tell the form, expected .json, .jsonl or .csv",
            file);
      }
    } catch (IOException e) {
      throw user("descriptions %s cannot be unpacked, expected what its name says", file);
    }
    return new DescriptionFile(Sha256.of(bytes), reader.descriptions());
  }

  private static InputStream open(byte[] bytes, boolean packed) throws IOException {
    InputStream in = new ByteArrayInputStream(bytes);
    return packed ? new GZIPInputStream(in) : in;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw user("descriptions %s do not exist", file);
    } catch (IOException e) {
      throw external("descriptions " + file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
