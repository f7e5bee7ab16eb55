package dev.piecrust.task;

import java.util.List;

/** The words of the indirect-object sentences. */
public final class IoiWords {
  /** First names: the answers, of which a task takes those that are one token. */
  public static final List<String> NAMES =
      words(
          """
          Mary John Tom James Anna Paul Mark Lucy Peter David
          Sarah Laura Kate Jack Alice Emma Simon Frank Grace Henry
          Helen Oliver Daniel Rachel Kevin Brian Susan Linda George Edward
          Martin Victor Julia Claire Diana Robert Thomas William Michael Adam
          Eric Steven Andrew Charles Richard Jason Ryan Aaron Maria Jane
          """);

  /** What fits after {@code the} where people meet. */
  public static final List<String> PLACES =
      words(
          """
          park school office market station library hospital garden museum hotel
          bank church cafe river beach farm theatre castle bridge harbour
          """);

  /** What one hands to another; each fits after {@code a} and after {@code the}. */
  public static final List<String> OBJECTS =
      words(
          """
          book ring letter ball key drink flower gift lamp map
          phone coat box watch picture ticket basket pen bottle cake
          """);

  private IoiWords() {}

  private static List<String> words(String text) {
    return List.of(text.trim().split("\\s+"));
  }
}
