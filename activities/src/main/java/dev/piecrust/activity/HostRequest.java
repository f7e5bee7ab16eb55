package dev.piecrust.activity;

/**
 * A campaign looks for a device that loads its subject.
 *
 * @param asker names the part of the campaign's plan that looks; a host answers each once
 * @param hosts how many it has
 */
public record HostRequest(String campaignId, String asker, int hosts) {}
