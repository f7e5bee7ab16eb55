package dev.piecrust.evidence;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The texts of a corpus file. */
interface CorpusTexts extends AutoCloseable {
  Pattern TABLE_NAME = Pattern.compile(".*\\.csv(\\.gz)?");

  /** Opens a file: comma-separated values where the name says so, or else one text a line. */
  static CorpusTexts open(Path file) {
    return TABLE_NAME.matcher(file.toString()).matches()
        ? new TableTexts(file)
        : new LineTexts(file);
  }

  /** The next text, if there is one; what has no text where one should be is a user error. */
  Optional<String> next();

  @Override
  void close();
}
