package dev.piecrust.view.left;

import java.time.Instant;

/**
 * A unit of work that ended.
 *
 * @param stage of any name, announced to people or not
 * @param things prompts, features or steps that it worked on, failed ones too
 */
public record UnitEnd(String stage, int things, Instant at) {}
