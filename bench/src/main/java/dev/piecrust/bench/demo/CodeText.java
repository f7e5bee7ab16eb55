package dev.piecrust.bench.demo;

import dev.piecrust.task.DocstringWords;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Small pieces of Python whose names come back within the piece. */
final class CodeText implements TextKind {
  private static final List<String> PIECES =
      List.of(
          "if {a} > {b}:\n    return {a}\n",
          "if {a} < {b}:\n    return {b}\n",
          "for {a} in {b}:\n    yield {a}\n",
          "while {a} < {b}:\n    del {a}\n",
          "assert {a} in {b}\nreturn {b}\n");

  @Override
  public String draw(RandomGenerator random) {
    return Stream.generate(() -> piece(random))
        .limit(2 + random.nextInt(2))
        .collect(Collectors.joining());
  }

  private static String piece(RandomGenerator random) {
    List<String> names = Draw.several(random, 2, DocstringWords.ARGUMENTS);
    return Draw.one(random, PIECES).replace("{a}", names.get(0)).replace("{b}", names.get(1));
  }
}
