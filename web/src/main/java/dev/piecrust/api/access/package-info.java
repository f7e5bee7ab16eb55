/** Who may call: tokens, the cookie of this user's browser, and the roles that either gives. */
@NullMarked
package dev.piecrust.api.access;

import org.jspecify.annotations.NullMarked;
