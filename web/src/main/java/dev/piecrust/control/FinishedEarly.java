package dev.piecrust.control;

/** How the message of a campaign begins that was finished before all was done. */
final class FinishedEarly {
  private static final String WORDS = "finished early by ";

  private FinishedEarly() {}

  static String by(String who) {
    return WORDS + who;
  }

  /** Whether a campaign with this message has work left. */
  static boolean says(String message) {
    return message.startsWith(WORDS);
  }
}
