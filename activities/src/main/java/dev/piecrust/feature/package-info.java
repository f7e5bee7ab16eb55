/**
 * Features, the occurrences that are kept of them, their evidence, and what was measured of either.
 */
package dev.piecrust.feature;
