package dev.piecrust.transcoder;

/**
 * The file of a layer in the list of a config.
 *
 * @param name as the list has it
 * @param local where it is, below the config's folder
 */
public record ListedFile(String name, String local) {}
