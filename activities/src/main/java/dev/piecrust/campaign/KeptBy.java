package dev.piecrust.campaign;

/** The method and the budget by which a campaign's pages say what prompts keep. */
public record KeptBy(Method method, int budget) {}
