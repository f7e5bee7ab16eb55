/**
 * Files that users name, opened and read under limits: none of them makes the program wait for
 * ever, fills its memory, or shows what lies elsewhere.
 */
@NullMarked
package dev.piecrust.input;

import org.jspecify.annotations.NullMarked;
