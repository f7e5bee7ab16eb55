package dev.piecrust.transcoder;

/**
 * What decides the memory that a transcoder needs.
 *
 * @param features {@code F}, per layer
 * @param linearLayers how many layers have a linear part
 */
public record TranscoderSize(int features, int linearLayers) {}
