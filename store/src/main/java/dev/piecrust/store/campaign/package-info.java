/**
 * Campaigns, their stages, units, checkpoints and events. Rows are package-private; the stores
 * speak the records of {@code dev.piecrust.campaign}.
 */
package dev.piecrust.store.campaign;
