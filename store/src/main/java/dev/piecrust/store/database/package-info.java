/**
 * The database below all stores: H2 in a file by default, PostgreSQL by its address, one set of
 * migrations for both; transactions, time, and reading in SQL.
 */
package dev.piecrust.store.database;
