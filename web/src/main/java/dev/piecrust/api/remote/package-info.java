/** Campaigns of another process, reached through its REST API. */
@NullMarked
package dev.piecrust.api.remote;

import org.jspecify.annotations.NullMarked;
