package dev.piecrust.campaign;

import dev.piecrust.text.CleanText;

/** Names of campaigns and tasks, which become parts of ids and file names. */
public final class CampaignNames {
  /** What a name is, as a regular expression. */
  public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

  /** The same in words. */
  public static final String EXPECTED = "up to 64 letters, digits, '.', '_' or '-'";

  /** As much of a wrong name as its author needs to know it again. */
  private static final int QUOTED = 80;

  private CampaignNames() {}

  /** Whether this is a name. */
  public static boolean allow(String name) {
    return name.matches(PATTERN);
  }

  /** A wrong name as a message may repeat it. */
  public static String quotable(String name) {
    return CleanText.line(name, QUOTED);
  }
}
