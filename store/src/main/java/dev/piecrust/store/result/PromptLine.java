package dev.piecrust.store.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.piecrust.store.database.ListKey;

/**
 * What one method did on one prompt at one budget, in a list of prompts.
 *
 * @param klLast in nats
 * @param key where the list goes on after it
 */
public record PromptLine(int prompt, double klLast, double predChanged, @JsonIgnore ListKey key) {}
