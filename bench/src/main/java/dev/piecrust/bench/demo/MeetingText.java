package dev.piecrust.bench.demo;

import dev.piecrust.task.IoiSentence;

/** An indirect-object sentence with its answer, and what the receiver says to it. */
final class MeetingText {
  private MeetingText() {}

  static String of(IoiSentence sentence) {
    String receiver = sentence.receiver();
    return "%s %s. Then %s thanked %s.\n"
        .formatted(sentence.prompt(), receiver, receiver, sentence.subject());
  }
}
