package dev.piecrust.lexical;

/**
 * A word, a run of punctuation or a line break in its text.
 *
 * @param form without spaces around it; a line break with its indentation as one
 * @param previous the form before it; empty at the start
 * @param repeated whether the form occurs earlier in the text
 * @param from where it begins in the text, spaces before it included
 * @param to where it ends, exclusive
 */
record Word(String form, String previous, boolean repeated, int from, int to) {
  /** Whether it begins with a capital and goes on without. */
  boolean capitalised() {
    return form.length() > 1
        && Character.isUpperCase(form.charAt(0))
        && form.chars().skip(1).allMatch(c -> Character.isLowerCase(c) || c == '\'');
  }
}
