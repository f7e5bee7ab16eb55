package dev.piecrust.bench.demo;

import dev.piecrust.task.DocstringWords;
import dev.piecrust.task.IoiWords;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A few words said again and again: nearly every word follows from what was said before. Training
 * starts with it, because a model that has learnt to look back here learns the tasks much sooner.
 */
final class CycleText implements TextKind {
  private static final List<List<String>> LISTS =
      List.of(
          IoiWords.OBJECTS,
          IoiWords.PLACES,
          IoiWords.NAMES,
          DocstringWords.ARGUMENTS,
          DocstringWords.THINGS);

  private static final int FEWEST = 2;
  private static final int MOST = 9;

  @Override
  public String draw(RandomGenerator random) {
    int count = FEWEST + random.nextInt(MOST - FEWEST + 1);
    String words = String.join(" ", Draw.several(random, count, Draw.one(random, LISTS)));
    return Collections.nCopies(WindowStream.LENGTH / count + 1, words).stream()
        .collect(Collectors.joining(" ", "Say: ", ".\n"));
  }
}
