/**
 * The ledger of calls to language models: accounts, reservations, settlements, answers that are
 * kept, batches, and what calls cost. Nothing is spent past a cap, whichever process asks.
 */
package dev.piecrust.store.ledger;
