package dev.piecrust.reference;

/**
 * An environment variable that the program reads.
 *
 * @param name of it
 * @param usual what holds where it is not set, in words
 * @param purpose what it is for, in a sentence
 */
record Variable(String name, String usual, String purpose) {}
