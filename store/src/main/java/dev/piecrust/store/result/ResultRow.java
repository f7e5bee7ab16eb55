package dev.piecrust.store.result;

import dev.piecrust.feature.Fidelity;

/** The measures of one prompt under one method at one budget. */
public record ResultRow(String task, int index, String method, int budget, Fidelity fidelity) {}
