package dev.piecrust.hub;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.HubRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What of a repository is needed; nothing else of it is downloaded. */
public enum HubPart {
  /** Configuration, tokenizer and weights, in safetensors alone. */
  MODEL("config.json and *.safetensors"),
  /** Configuration, and the files that it lists or the usual ones of the layers. */
  TRANSCODER(
      "config.yaml and W_enc_*.safetensors, or the name of a set of Gemma Scope 2 behind the"
          + " repository's, such as //transcoder_all/width_16k_l0_small"),
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
  static final String ARRAYS = ".npz";
  private static final String PUBLISHED = "features/";
  private static final String DECODERS = "W_dec_";
  private static final Pattern LAYER = Pattern.compile("(W_enc|W_dec|layer)_[0-9]+\\.safetensors");
  private static final Pattern CROSS_LAYER =
      Pattern.compile("config\\.json|params_layer_[0-9]+\\.safetensors");

  private final String expected;

  HubPart(String expected) {
    this.expected = expected;
  }

  /**
   * What a repository seems to be for: a transcoder has a {@code config.yaml}, or is in a folder.
   */
  public static HubPart of(HubListing listing) {
    boolean inFolder = !listing.ref().folder().isEmpty();
    return inFolder || listing.file(TRANSCODER_CONFIG).isPresent() ? TRANSCODER : MODEL;
  }

  /**
   * The files that are needed, those first that say which others are; a user error where the
   * repository is something else.
   *
   * @param content where a small file is, downloaded where it was not there
   * @param other what another repository holds now
   */
  List<HubFile> needed(
      HubListing listing, Function<HubFile, Path> content, Function<HubRef, HubListing> other) {
    List<HubFile> files =
        switch (this) {
          case MODEL -> model(listing, content);
          case TRANSCODER -> transcoder(listing, content, other);
          case FEATURES -> matching(listing, path -> path.startsWith(PUBLISHED));
        };
    if (files.isEmpty()) {
      throw user("%s has nothing to download, expected %s in it", listing.ref(), expected);
    }
    return files;
  }

  /** Whether a file says how large the model or the transcoder is; decoders follow encoders. */
  static boolean tellsTheShape(HubFile file) {
    String name = file.name();
    return name.endsWith(WEIGHTS)
        ? !name.startsWith(DECODERS)
        : name.endsWith(ARRAYS) || CONFIGURATION.contains(name);
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

  private static List<HubFile> transcoder(
      HubListing listing, Function<HubFile, Path> content, Function<HubRef, HubListing> other) {
    String folder = listing.ref().folder();
    String below = folder.isEmpty() ? "" : folder + "/";
    Optional<HubFile> config = listing.file(below + TRANSCODER_CONFIG);
    if (config.isEmpty()) {
      return folder.isEmpty() ? List.of() : gemmaScope2(listing, folder);
    }
    List<String> listed = IndexedFiles.transcoders(content.apply(config.get()));
    List<HubFile> layers =
        listed.isEmpty()
            ? matching(listing, Pattern.compile(Pattern.quote(below) + "(?:" + LAYER + ")"))
            : new ListedFiles(listing, below, other).of(listed);
    List<HubFile> files = new ArrayList<>(config.stream().toList());
    files.addAll(layers);
    return layers.isEmpty() ? List.of() : files;
  }

  /** A cross-layer set is a folder; of others the folder is the last part of each layer's name. */
  private static List<HubFile> gemmaScope2(HubListing listing, String folder) {
    int last = folder.lastIndexOf('/') + 1;
    String parent = Pattern.quote(folder.substring(0, last));
    String set = Pattern.quote(folder.substring(last));
    return matching(
        listing,
        Pattern.compile(
            "%s%s/(?:%s)|%1$slayer_[0-9]+_%2$s/(?:config\\.json|params\\.safetensors)"
                .formatted(parent, set, CROSS_LAYER)));
  }

  private static List<HubFile> matching(HubListing listing, Pattern wanted) {
    return matching(listing, wanted.asMatchPredicate());
  }

  private static List<HubFile> matching(HubListing listing, Predicate<String> wanted) {
    return listing.files().stream().filter(file -> wanted.test(file.path())).toList();
  }

  private static List<HubFile> named(HubListing listing, List<String> names) {
    return names.stream().map(listing::named).toList();
  }
}
