/**
 * Models, transcoders and feature files of the Hugging Face hub: what {@code hf://ORG/REPO@REV}
 * names, what is needed of it, and the cache on disk that is shared with the hub's other tools.
 */
package dev.piecrust.hub;
