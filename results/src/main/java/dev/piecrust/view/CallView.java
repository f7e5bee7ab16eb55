package dev.piecrust.view;

import dev.piecrust.feature.LlmExchange;
import dev.piecrust.store.ledger.CallLine;
import java.util.Optional;

/**
 * One call to a language model.
 *
 * @param exchange what was said; absent where the call was not answered, or its step is not over
 */
public record CallView(CallLine call, Optional<LlmExchange> exchange) {}
