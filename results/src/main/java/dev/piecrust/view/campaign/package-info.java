/**
 * What the list of campaigns and the head of a campaign's page show: state, stages, rates,
 * spending.
 */
package dev.piecrust.view.campaign;
