/**
 * The demo model: a generated language, a small Llama trained on it, and its cross-layer
 * transcoder, made again from a seed.
 */
@org.jspecify.annotations.NullMarked
package dev.piecrust.bench.demo;
