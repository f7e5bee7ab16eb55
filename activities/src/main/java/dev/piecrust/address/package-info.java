/** Which network addresses are this machine's own, and which may be sent a secret. */
package dev.piecrust.address;
