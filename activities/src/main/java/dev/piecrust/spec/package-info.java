/**
 * Specs as people write them, read, written, changed and described as the records of campaigns
 * declare their keys ({@link dev.piecrust.key.Key}).
 */
package dev.piecrust.spec;
