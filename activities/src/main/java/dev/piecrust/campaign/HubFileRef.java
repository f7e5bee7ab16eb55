package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.input.Quote;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of a repository of the hub, as the configs of transcoder sets list them: {@code
 * hf://ORG/REPO/PATH}, or {@code hf://ORG/REPO/PATH?revision=REVISION}.
 *
 * @param ref the repository and its revision, without a folder
 * @param path of the file in it, with {@code /}
 */
public record HubFileRef(HubRef ref, String path) {
  private static final Pattern FORM =
      Pattern.compile("(hf://[^/?@]+/[^/?@]+)/([^?@\\\\\\p{Cntrl}]+)(?:\\?revision=([^&?@]+))?");

  /** Reads a name of a list; a user error where it is no file of the hub. */
  public static HubFileRef parse(String text) {
    return find(text)
        .orElseThrow(
            () ->
                user(
                    "'%s' is no file of the hub, expected hf://ORG/REPO/PATH or"
                        + " hf://ORG/REPO/PATH?revision=REVISION",
                    Quote.of(text)));
  }

  /** Reads a name of a list, where it is a file of the hub. */
  public static Optional<HubFileRef> find(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches() || text.contains("..")) {
      return Optional.empty();
    }
    String revision = parts.group(3) == null ? "" : "@" + parts.group(3);
    return HubRef.find(parts.group(1) + revision)
        .map(repository -> new HubFileRef(repository, parts.group(2)));
  }

  /**
   * Where the file lies below the folder whose config lists it: {@code hub/ORG/REPO/REVISION/PATH}.
   */
  public String local() {
    return "hub/%s/%s/%s".formatted(ref.repository(), ref.revision(), path);
  }
}
