/**
 * How a campaign goes faster with more devices: measured on this machine, and simulated up to many.
 */
@NullMarked
package dev.piecrust.bench.devices;

import org.jspecify.annotations.NullMarked;
