package dev.piecrust.chat;

import java.util.Locale;

/** What is wrong with a template, told without its file and line, which its reader adds. */
final class TemplateFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String sentence;

  TemplateFault(String sentence, Object... parts) {
    super("", null, false, false);
    this.sentence = String.format(Locale.ROOT, sentence, parts);
  }

  String sentence() {
    return sentence;
  }
}
