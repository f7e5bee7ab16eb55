package dev.piecrust.bench.demo;

import java.util.random.RandomGenerator;

/** One kind of document of the demo language. */
@FunctionalInterface
interface TextKind {
  /** A document that starts without a space and ends with a new line. */
  String draw(RandomGenerator random);
}
