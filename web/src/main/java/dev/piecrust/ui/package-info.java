/**
 * The pages: what a person sees in a browser, rendered here and kept up to date by small scripts.
 */
package dev.piecrust.ui;
