/**
 * How records declare keys of a spec: each component carries once what its key is for, what it may
 * hold, what holds where it is left out, and how a form asks for it. Whoever reads, writes or
 * describes specs takes it from there.
 */
package dev.piecrust.key;
