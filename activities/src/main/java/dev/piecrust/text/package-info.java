/** Text from files, models and people, made fit to be kept and shown. */
@NullMarked
package dev.piecrust.text;

import org.jspecify.annotations.NullMarked;
