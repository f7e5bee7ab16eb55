package dev.piecrust.task;

import static dev.piecrust.failure.PieCrustException.external;
import static dev.piecrust.failure.PieCrustException.user;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.piecrust.input.InputFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Task files: one prompt pair a line, as JSON in the form of docs/method.md §4 or in another public
 * one ({@link PairForm}).
 */
public final class PairFile {
  private PairFile() {}

  /**
   * The first pairs of a file; blank lines are passed over.
   *
   * @param atMost how many pairs to read; what follows is not looked at
   * @throws dev.piecrust.failure.PieCrustException of category user, naming the file and the line,
   *     where the file is missing, is empty, or has a line that is not a pair
   */
  public static List<PromptPair> read(Path file, int atMost) {
    List<PromptPair> pairs = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new InputFile(file, "task file " + file, "a file of JSON lines")
                    .open(InputFile.WHOLE),
                UTF_8.newDecoder()))) {
      PairLine parser = new PairLine();
      int number = 0;
      for (String line = lines.readLine();
          line != null && pairs.size() < atMost;
          line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          pairs.add(parser.parse(line, where(file, number)));
        }
      }
    } catch (CharacterCodingException e) {
      throw user("task file %s is not UTF-8 text, expected one prompt pair a line", file);
    } catch (IOException e) {
      throw external("task file " + file + " cannot be read, the disk or the network failed", e);
    }
    if (pairs.isEmpty()) {
      throw user("task file %s is empty, expected one prompt pair a line", file);
    }
    return pairs;
  }

  /** How errors name a line of a task file; the first line is 1. */
  public static String where(Path file, int line) {
    return file + " line " + line;
  }

  /** Writes one pair a line, in the form that {@link #read} reads; leaves the stream open. */
  public static void write(List<PromptPair> pairs, OutputStream out) {
    ObjectWriter writer = new JsonMapper().writerFor(PromptPair.class);
    try {
      for (PromptPair pair : pairs) {
        out.write((writer.writeValueAsString(pair) + "\n").getBytes(UTF_8));
      }
      out.flush();
    } catch (IOException e) {
      throw external("the task file cannot be written: " + e.getMessage(), e);
    }
  }
}
