package dev.piecrust.gpu;

import java.util.List;
import java.util.Map;

/**
 * The result of scoring a batch.
 *
 * @param prompts those that could be scored, in order
 * @param failures reason by prompt index, of those that could not
 */
record ScoredBatch(List<ScoredPrompt> prompts, Map<Integer, String> failures) {}
