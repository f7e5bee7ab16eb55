/**
 * Specs as people write them: each key is declared once ({@link dev.piecrust.spec.SpecKey} and the
 * classes named for groups of keys), and read, written, changed and described from there.
 */
package dev.piecrust.spec;
