package dev.piecrust.model.decoder;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * Weights of one layer, each {@code [out,in]}; norms are what normed rows are multiplied by.
 *
 * @param attentionNorm {@code [d]}
 * @param query {@code [H·h,d]}
 * @param key {@code [K·h,d]}
 * @param value {@code [K·h,d]}
 * @param biases of the three, if they have them
 * @param headNorms of each head's queries and keys, if they are normed
 * @param output {@code [d,H·h]}
 * @param attentionPostNorm {@code [d]}, of what attention gave, if it is normed
 * @param mlpNorm {@code [d]}
 * @param gate {@code [I,d]}
 * @param up {@code [I,d]}
 * @param down {@code [d,I]}
 * @param mlpPostNorm {@code [d]}, of what the MLP gave, if it is normed
 */
public record DecoderLayer(
    NDArray attentionNorm,
    NDArray query,
    NDArray key,
    NDArray value,
    Optional<Biases> biases,
    Optional<HeadNorms> headNorms,
    NDArray output,
    Optional<NDArray> attentionPostNorm,
    NDArray mlpNorm,
    NDArray gate,
    NDArray up,
    NDArray down,
    Optional<NDArray> mlpPostNorm) {
  /**
   * What is added to queries, keys and values.
   *
   * @param query {@code [H·h]}
   * @param key {@code [K·h]}
   * @param value {@code [K·h]}
   */
  public record Biases(NDArray query, NDArray key, NDArray value) {}

  /**
   * Norms over the dimensions of a head.
   *
   * @param query {@code [h]}
   * @param key {@code [h]}
   */
  public record HeadNorms(NDArray query, NDArray key) {}
}
