/** What all requests over HTTP have in common: proxies, and when to ask again. */
@NullMarked
package dev.piecrust.http;

import org.jspecify.annotations.NullMarked;
