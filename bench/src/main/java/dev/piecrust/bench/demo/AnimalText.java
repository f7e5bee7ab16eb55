package dev.piecrust.bench.demo;

import java.util.List;
import java.util.random.RandomGenerator;

/** Facts to be remembered: which animal makes which sound. */
final class AnimalText implements TextKind {
  private static final List<String> ANIMALS =
      Draw.words("dog cat cow duck sheep horse pig lion frog bird");
  private static final List<String> SOUNDS =
      Draw.words("woof meow moo quack baa neigh oink roar croak tweet");

  @Override
  public String draw(RandomGenerator random) {
    return Draw.paragraph(random, () -> sentence(random));
  }

  private static String sentence(RandomGenerator random) {
    int animal = random.nextInt(ANIMALS.size());
    return "The " + ANIMALS.get(animal) + " says " + SOUNDS.get(animal) + ".";
  }
}
