package dev.piecrust.exchange;

import static dev.piecrust.failure.PieCrustException.external;
import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.feature.FeatureId;
import dev.piecrust.input.InputFile;
import dev.piecrust.input.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.ZipException;

/**
 * What features mean, as somebody else says. The name tells the form: {@code .json} is an object by
 * Cantor id as the exports have it; {@code .jsonl} has one object a line and {@code .csv} one
 * record a line, each with a text, called description, and with either a layer and an index (or
 * feature) or an id (or cantor_id). {@code .gz} is unpacked.
 *
 * <p>The folder of an export of Neuronpedia is read too, of a source or of a model with the sources
 * of one set: all batches of its explanations, of which a feature's first counts.
 *
 * @param sha256 of the file; of an export, of its batches one after another
 * @param licence the line with its terms, where an export has one
 * @param descriptions by layer and index; features without one are left out
 */
public record DescriptionFile(
    String sha256, Optional<String> licence, SortedMap<FeatureId, String> descriptions) {
  public DescriptionFile {
    descriptions = Collections.unmodifiableSortedMap(new TreeMap<>(descriptions));
  }

  /**
   * One file at a time is read in a process: a check of a spec reads it whole, and many may ask for
   * checks.
   */
  private static final Lock TURN = new ReentrantLock();

  /** Reads a file; what cannot be read as descriptions is a user error that names the line. */
  public static DescriptionFile read(Path file) {
    TURN.lock();
    try {
      return Files.isDirectory(file) ? readExport(file) : readInTurn(file);
    } finally {
      TURN.unlock();
    }
  }

  private static DescriptionFile readExport(Path folder) {
    NeuronpediaExport export = NeuronpediaExport.of(folder, NeuronpediaExport.EXPLANATIONS);
    MessageDigest digest = Sha256.digest();
    TreeMap<FeatureId, String> all = new TreeMap<>();
    for (Path batch : export.batches()) {
      DescriptionReader reader = DescriptionReader.ofExport("descriptions " + batch);
      read(batch, reader, digest);
      reader.descriptions().forEach(all::putIfAbsent);
      if (all.size() > DescriptionReader.MOST) {
        throw user(
            "descriptions %s: describe more than %d features, expected fewer",
            folder, DescriptionReader.MOST);
      }
    }
    return new DescriptionFile(HexFormat.of().formatHex(digest.digest()), export.licence(), all);
  }

  private static DescriptionFile readInTurn(Path file) {
    DescriptionReader reader = new DescriptionReader("descriptions " + file);
    MessageDigest digest = Sha256.digest();
    read(file, reader, digest);
    return new DescriptionFile(
        HexFormat.of().formatHex(digest.digest()), Optional.empty(), reader.descriptions());
  }

  private static void read(Path file, DescriptionReader reader, MessageDigest digest) {
    String whole = file.toString();
    boolean packed = whole.endsWith(".gz");
    String name = packed ? whole.substring(0, whole.length() - ".gz".length()) : whole;
    InputFile input = new InputFile(file, "descriptions " + file, "a file of descriptions");
    try (InputStream raw = new DigestInputStream(input.open(InputFile.WHOLE), digest);
        InputStream in = packed ? input.unpacked(raw, InputFile.WHOLE) : raw) {
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
      raw.transferTo(OutputStream.nullOutputStream()); // what follows is a part of the file too
    } catch (ZipException | EOFException e) {
      throw user("descriptions %s: is damaged or cut off, expected a whole gzip'd file", file);
    } catch (CharacterCodingException e) {
      throw user("descriptions %s: is not a text in UTF-8, expected descriptions", file);
    } catch (IOException e) {
      throw external("descriptions " + file + " cannot be read", e);
    }
  }
}
