package dev.piecrust.campaign;

import dev.piecrust.key.Key;

/**
 * Descriptions made elsewhere, which stand in for the explainer's.
 *
 * @param path a file, or the folder of an export, as {@link dev.piecrust.exchange.DescriptionFile}
 *     reads it
 */
public record DescriptionsSpec(
    @Key(
            value = "Descriptions by layer and index, or by Cantor id.",
            expected =
                "a .json, .jsonl or .csv file of descriptions, or the folder of a Neuronpedia export",
            place = Key.Place.FILE,
            required = true)
        String path,
    @Key(
            value = "What the file must be; another content is another campaign.",
            expected = "64 hexadecimal digits",
            pattern = "[0-9a-f]{64}",
            otherwise = "that of the file")
        String sha256,
    @Key(value = "Whether features that the file does not describe are left out.", usual = "false")
        boolean only) {}
