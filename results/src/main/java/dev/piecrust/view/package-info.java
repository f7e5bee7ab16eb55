/**
 * What pages and lists show: small records, read by indexed questions, never by reading everything.
 */
package dev.piecrust.view;
