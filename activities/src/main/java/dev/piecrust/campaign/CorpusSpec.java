package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.key.FormField;
import dev.piecrust.key.Key;
import dev.piecrust.key.RecordKeys;
import java.util.Optional;

/**
 * Where evidence for features comes from: a corpus or published files (docs/method.md §7), and
 * never both.
 */
public record CorpusSpec(
    @FormField(
            value = "Corpus",
            wide = true,
            help =
                "file of texts that evidence is taken from; in the YAML, published in its place"
                    + " names feature files: a folder, or hf://ORG/REPO")
        @Key(
            value =
                "Texts that evidence is looked for in: JSON lines with a text each,"
                    + " comma-separated values with a column text, or plain text with one a line;"
                    + " .gz is unpacked.",
            expected = "the path of a file",
            place = Key.Place.FILE,
            otherwise = "required, or published")
        Optional<String> path,
    @Key(
            value =
                "Published features instead of a corpus: a folder with features/index.json.gz, or"
                    + " a Neuronpedia export with its activations.",
            expected = "the path of a folder, or hf://ORG/REPO",
            place = Key.Place.FOLDER)
        Optional<String> published,
    @FormField(value = "Windows read", help = "from the beginning of the corpus")
        @Key(
            value = "Windows that are read, from the beginning of the corpus.",
            in = "[1, ∞)",
            usual = "20000")
        int windows,
    @Key(
            value = "Tokens of a window; longer texts are cut into several.",
            in = "[2, ∞)",
            usual = "" + CorpusSpec.DEFAULT_TOKENS)
        int tokens) {
  /** Tokens of a window, where a spec says nothing. */
  public static final int DEFAULT_TOKENS = 64;

  public CorpusSpec {
    if (path.isPresent() == published.isPresent()) {
      throw user(
          "interpret.corpus: has %s, expected one of them",
          path.isPresent() ? "both path and published" : "neither path nor published");
    }
    RecordKeys.check(CorpusSpec.class, "interpret.corpus", path, published, windows, tokens);
  }
}
