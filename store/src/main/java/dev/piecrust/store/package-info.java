/**
 * All stores of one database: {@link dev.piecrust.store.Stores} opens them, and the packages below
 * hold one idea each.
 */
package dev.piecrust.store;
