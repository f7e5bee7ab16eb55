/**
 * The commands of benchmarks and of the demo model's trainer, and what they need of the program.
 */
@NullMarked
package dev.piecrust.bench.command;

import org.jspecify.annotations.NullMarked;
