package dev.piecrust.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a schedule.
 *
 * @param spec the text of its campaigns' spec, in YAML
 * @param folder what relative paths in it are relative to
 * @param cron when: minute, hour, day of the month, month, day of the week
 * @param timezone in which that is meant, such as {@code Europe/Berlin}; UTC where there is none
 * @param name of the schedule; the spec's where there is none
 */
@Schema(requiredProperties = {"spec", "folder", "cron"})
public record ScheduleRequest(
    String spec, String folder, String cron, @Nullable String timezone, @Nullable String name) {}
