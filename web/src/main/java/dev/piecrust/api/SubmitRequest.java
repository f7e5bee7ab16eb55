package dev.piecrust.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a campaign.
 *
 * @param spec the spec's text, in YAML
 * @param folder what relative paths in it are relative to
 * @param fresh forget an ended campaign's results first
 */
@Schema(requiredProperties = {"spec", "folder"})
public record SubmitRequest(String spec, String folder, @Nullable Boolean fresh) {}
