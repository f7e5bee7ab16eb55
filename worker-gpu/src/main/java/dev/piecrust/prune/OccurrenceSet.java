package dev.piecrust.prune;

/**
 * A set of a prompt's occurrences, as ascending indices into {@link Occurrences}.
 *
 * @param prompt index of the prompt within its batch
 * @param indices ascending, [|S|]
 */
@SuppressWarnings("ArrayRecordComponent") // equality of contents is not asked of it
record OccurrenceSet(int prompt, int[] indices) {}
