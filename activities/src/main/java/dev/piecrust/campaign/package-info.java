/** What a campaign is asked to do: its spec, its state, its progress and its events. */
package dev.piecrust.campaign;
