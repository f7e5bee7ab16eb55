/** What a process offers over HTTP, and how it ends. */
@NullMarked
package dev.piecrust.serve;

import org.jspecify.annotations.NullMarked;
