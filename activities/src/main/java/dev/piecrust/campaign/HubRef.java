package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.input.Quote;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository of the hub at a revision, as specs and commands write it: {@code hf://ORG/REPO}, or
 * {@code hf://ORG/REPO@REVISION}; {@code hf://ORG/REPO//FOLDER} means a folder of it.
 *
 * @param organisation or user that it belongs to
 * @param name of the repository there
 * @param folder in the repository, with {@code /}; empty for the whole of it
 * @param revision a branch, a tag or a commit
 */
public record HubRef(String organisation, String name, String folder, String revision) {
  /** The branch that is meant where none is named. */
  public static final String MAIN = "main";

  private static final String SCHEME = "hf://";
  private static final String WORD = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,95}";
  private static final Pattern FORM =
      Pattern.compile(
          "%1$s(%2$s)/(%2$s)(?://(%2$s(?:/%2$s)*))?(?:@(%2$s(?:/%2$s)*))?".formatted(SCHEME, WORD));

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  /** Whether a text of a spec means a repository and not a folder. */
  public static boolean is(String text) {
    return text.startsWith(SCHEME);
  }

  /** Reads a reference; a user error where it is none. */
  public static HubRef parse(String text) {
    return find(text)
        .orElseThrow(
            () ->
                user(
                    "'%s' is no repository of the hub, expected %2$sORG/REPO,"
                        + " %2$sORG/REPO@REVISION or %2$sORG/REPO//FOLDER@REVISION",
                    Quote.of(text), SCHEME));
  }

  /** Reads a reference, where it is one. */
  static Optional<HubRef> find(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches() || misleading(text, parts.group(1), parts.group(2))) {
      return Optional.empty();
    }
    String folder = parts.group(3);
    String revision = parts.group(4);
    return Optional.of(
        new HubRef(
            parts.group(1),
            parts.group(2),
            folder == null ? "" : folder,
            revision == null ? MAIN : revision));
  }

  /** Folders are made of the names; the hub allows none of this in them either. */
  private static boolean misleading(String text, String organisation, String name) {
    return text.contains("..") || organisation.contains("--") || name.contains("--");
  }

  /** The same repository at another revision. */
  public HubRef at(String other) {
    return new HubRef(organisation, name, folder, other);
  }

  /** Whether the revision is a commit, which never means anything else. */
  public boolean pinned() {
    return COMMIT.matcher(revision).matches();
  }

  /** {@code ORG/REPO}, as the hub's addresses have it. */
  public String repository() {
    return organisation + "/" + name;
  }

  /** As it is written; the usual branch goes without saying. */
  @Override
  public String toString() {
    return SCHEME
        + repository()
        + (folder.isEmpty() ? "" : "//" + folder)
        + (revision.equals(MAIN) ? "" : "@" + revision);
  }
}
