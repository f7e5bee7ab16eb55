/** Commands that wait while a server, a database or Temporal is away, instead of failing. */
@NullMarked
package dev.piecrust.cli.outage;

import org.jspecify.annotations.NullMarked;
