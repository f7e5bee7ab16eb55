package dev.piecrust.activity;

/**
 * A model held by a worker.
 *
 * @param queue the worker's own task queue, where the session's later activities go
 * @param fingerprint of model and transcoder together: SHA-256, hexadecimal
 * @param device such as {@code cpu} or {@code gpu0}
 */
public record GpuSession(String queue, String fingerprint, String device) {}
