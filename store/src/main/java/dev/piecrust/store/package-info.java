/**
 * Campaigns, units, checkpoints and results in a relational database: H2 in a file by default,
 * PostgreSQL by its address, one set of migrations for both. Rows are package-private; the stores
 * speak the records of {@code dev.piecrust.campaign} and {@code dev.piecrust.feature}.
 */
package dev.piecrust.store;
