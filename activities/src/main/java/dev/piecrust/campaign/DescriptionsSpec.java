package dev.piecrust.campaign;

/**
 * Descriptions made elsewhere, which stand in for the explainer's.
 *
 * @param path a file as {@link dev.piecrust.exchange.DescriptionFile} reads it
 * @param sha256 of the file, so that another content is another campaign
 * @param only whether features that it does not describe are left out
 */
public record DescriptionsSpec(String path, String sha256, boolean only) {}
