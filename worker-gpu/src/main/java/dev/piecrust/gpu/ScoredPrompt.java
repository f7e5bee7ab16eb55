package dev.piecrust.gpu;

import dev.piecrust.campaign.Method;
import dev.piecrust.prune.Occurrences;
import java.util.List;
import java.util.Map;

/**
 * One prompt's occurrences and scores.
 *
 * @param index index of the prompt within its task
 * @param scores per method and run, one number for each occurrence
 */
record ScoredPrompt(int index, Occurrences occurrences, Map<Method, List<float[]>> scores) {}
