/**
 * Arrays on disk and in memory: the safetensors format, row access without loading, and the start
 * of the numeric engine.
 *
 * <p>Whatever the file holds (f32, f16, bf16, f64), arrays in memory are f32: bf16 arrays are not
 * safe in the engine, and f16 products are slow on a CPU.
 */
@NullMarked
package dev.piecrust.tensor;

import org.jspecify.annotations.NullMarked;
