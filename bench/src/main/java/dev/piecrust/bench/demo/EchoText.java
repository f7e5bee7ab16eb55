package dev.piecrust.bench.demo;

import dev.piecrust.task.DocstringWords;
import dev.piecrust.task.IoiWords;
import java.util.List;
import java.util.random.RandomGenerator;

/** Lists that are said twice: the second time, each word follows from the first time. */
final class EchoText implements TextKind {
  private static final List<List<String>> LISTS =
      List.of(IoiWords.OBJECTS, IoiWords.PLACES, DocstringWords.ARGUMENTS, DocstringWords.THINGS);

  @Override
  public String draw(RandomGenerator random) {
    List<String> words = Draw.several(random, 4 + random.nextInt(6), Draw.one(random, LISTS));
    String list = String.join(" ", words);
    return "Say: " + list + ". Again: " + list + ".\n";
  }
}
