/** Measures how fast pages and lists answer over a large installation. */
@NullMarked
package dev.piecrust.bench.web;

import org.jspecify.annotations.NullMarked;
