package dev.piecrust.view;

import java.util.List;

/**
 * What came out on a task so far.
 *
 * @param sentences those of the terminal and of reports, the most important first
 */
public record TaskSummary(String task, List<String> sentences) {
  public TaskSummary {
    sentences = List.copyOf(sentences);
  }
}
