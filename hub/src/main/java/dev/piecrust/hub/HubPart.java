package dev.piecrust.hub;

import static dev.piecrust.failure.PieCrustException.user;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What of a repository is needed; nothing else of it is downloaded. */
public enum HubPart {
  /** Configuration, tokenizer and weights, in safetensors alone. */
  MODEL("config.json and *.safetensors"),
  /** Configuration, and the files that it lists or the usual ones of the layers. */
  TRANSCODER("config.yaml and W_enc_*.safetensors"),
  /** Published feature files, without weights. */
  FEATURES("features/index.json.gz");

  private static final String INDEX = "model.safetensors.index.json";
  private static final String SINGLE = "model.safetensors";
  private static final String MODEL_CONFIG = "config.json";
  private static final String TRANSCODER_CONFIG = "config.yaml";
  private static final Set<String> SMALL_MODEL_FILES =
      Set.of(
          MODEL_CONFIG,
          "generation_config.json",
          "special_tokens_map.json",
          "tokenizer.json",
          "tokenizer_config.json");
  private static final Set<String> CONFIGURATION = Set.of(INDEX, MODEL_CONFIG, TRANSCODER_CONFIG);
  static final String WEIGHTS = ".safetensors";
  private static final String PUBLISHED = "features/";
  private static final String DECODERS = "W_dec_";
  private static final Predicate<String> LAYER =
      Pattern.compile("(W_enc|W_dec|layer)_[0-9]+\\.safetensors").asMatchPredicate();

  private final String expected;

  HubPart(String expected) {
    this.expected = expected;
  }

  /** What a repository seems to be for: a transcoder has a {@code config.yaml}. */
  public static HubPart of(HubListing listing) {
    return listing.file(TRANSCODER_CONFIG).isPresent() ? TRANSCODER : MODEL;
  }

  /**
   * The files that are needed, those first that say which others are; a user error where the
   * repository is something else.
   *
   * @param content where a small file is, downloaded where it was not there
   */
  List<HubFile> needed(HubListing listing, Function<HubFile, Path> content) {
    List<HubFile> files =
        switch (this) {
          case MODEL -> model(listing, content);
          case TRANSCODER -> transcoder(listing, content);
          case FEATURES -> matching(listing, path -> path.startsWith(PUBLISHED));
        };
    if (files.isEmpty()) {
      throw user("%s has nothing to download, expected %s in it", listing.ref(), expected);
    }
    return files;
  }

  /** Whether a file says how large the model or the transcoder is; decoders follow encoders. */
  static boolean tellsTheShape(HubFile file) {
    String path = file.path();
    return path.endsWith(WEIGHTS) ? !path.startsWith(DECODERS) : CONFIGURATION.contains(path);
  }

  private static List<HubFile> model(HubListing listing, Function<HubFile, Path> content) {
    List<HubFile> weights =
        listing
            .file(INDEX)
            .map(index -> named(listing, IndexedFiles.shards(content.apply(index))))
            .orElseGet(() -> matching(listing, SINGLE::equals));
    if (listing.file(MODEL_CONFIG).isEmpty() || weights.isEmpty()) {
      return List.of();
    }
    List<HubFile> files =
        new ArrayList<>(
            matching(listing, path -> SMALL_MODEL_FILES.contains(path) || path.equals(INDEX)));
    files.addAll(weights);
    return files;
  }

  private static List<HubFile> transcoder(HubListing listing, Function<HubFile, Path> content) {
    List<HubFile> files = new ArrayList<>(matching(listing, TRANSCODER_CONFIG::equals));
    if (files.isEmpty()) {
      return files;
    }
    List<String> listed = IndexedFiles.transcoders(content.apply(files.get(0)));
    List<HubFile> layers = listed.isEmpty() ? matching(listing, LAYER) : named(listing, listed);
    files.addAll(layers);
    return layers.isEmpty() ? List.of() : files;
  }

  private static List<HubFile> matching(HubListing listing, Predicate<String> wanted) {
    return listing.files().stream().filter(file -> wanted.test(file.path())).toList();
  }

  private static List<HubFile> named(HubListing listing, List<String> names) {
    return names.stream()
        .map(
            name ->
                listing
                    .file(name)
                    .orElseThrow(
                        () ->
                            user(
                                "%s has no file %s, expected it since an index names it",
                                listing.ref(), name)))
        .toList();
  }
}
