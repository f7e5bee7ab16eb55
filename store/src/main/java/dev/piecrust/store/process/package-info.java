/** The processes of an installation, and what they have loaded. */
package dev.piecrust.store.process;
