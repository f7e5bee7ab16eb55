/**
 * The REST API under {@code /api/v1}, and its client. The application that serves it provides the
 * beans {@code CampaignService}, {@code Reports} and {@code AccessTokens}, and settings of OpenID
 * Connect where people sign in.
 */
package dev.piecrust.api;
