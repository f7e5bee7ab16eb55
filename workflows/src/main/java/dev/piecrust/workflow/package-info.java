/**
 * The durable plans. Code in here is deterministic: it knows the activities' interfaces and records
 * alone, asks no clock, no random numbers and no disk, and is replayed from its history after a
 * crash. A change to it must still replay the histories among the test resources.
 */
@NullMarked
package dev.piecrust.workflow;

import org.jspecify.annotations.NullMarked;
