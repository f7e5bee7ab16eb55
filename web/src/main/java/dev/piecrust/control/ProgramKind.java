package dev.piecrust.control;

/** How the program that answers runs. */
public enum ProgramKind {
  /** Everything in one process, for the user of one machine. */
  EMBEDDED("embedded"),
  /** One of the processes of an installation. */
  INSTALLATION("installation");

  private final String words;

  ProgramKind(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
