/** What all workers know of an endpoint: its limits, its outages, and whose call goes next. */
package dev.piecrust.store.rate;
