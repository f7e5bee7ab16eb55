package dev.piecrust.campaign;

import java.time.Instant;
import java.util.Optional;

/**
 * How far one stage is, in prompts.
 *
 * @param stage name of the stage, such as {@code score ioi}
 * @param startedAt when its first unit started
 * @param updatedAt when its last unit ended
 */
public record StageProgress(
    String stage,
    int total,
    int done,
    int failed,
    Optional<Instant> startedAt,
    Optional<Instant> updatedAt) {}
