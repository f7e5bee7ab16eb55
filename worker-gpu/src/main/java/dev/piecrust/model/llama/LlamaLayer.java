package dev.piecrust.model.llama;

import ai.djl.ndarray.NDArray;

/**
 * Weights of one layer, each {@code [out,in]}.
 *
 * @param attentionNorm {@code [d]}
 * @param query {@code [H·h,d]}
 * @param key {@code [K·h,d]}
 * @param value {@code [K·h,d]}
 * @param output {@code [d,H·h]}
 * @param mlpNorm {@code [d]}
 * @param gate {@code [I,d]}
 * @param up {@code [I,d]}
 * @param down {@code [d,I]}
 */
public record LlamaLayer(
    NDArray attentionNorm,
    NDArray query,
    NDArray key,
    NDArray value,
    NDArray output,
    NDArray mlpNorm,
    NDArray gate,
    NDArray up,
    NDArray down) {}
