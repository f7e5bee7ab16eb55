package dev.piecrust.model;

import ai.djl.Device;

/** How much memory a device has left for a model. */
@FunctionalInterface
public interface FreeMemory {
  /** Bytes that could be taken now. */
  long bytes(Device device);
}
