/** The interfaces of all activities, and the records that they take and return. */
package dev.piecrust.activity;
