package dev.piecrust.gpu;

import dev.piecrust.campaign.Method;
import dev.piecrust.prune.Selection;
import java.util.Map;

/**
 * What the choosing methods keep of one prompt.
 *
 * @param index index of the prompt within its task
 */
record ChosenPrompt(int index, Map<Method, Selection> selections) {}
