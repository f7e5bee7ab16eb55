package dev.piecrust.bench.demo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Collection;
import java.util.List;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019) and a clip of the gradient's norm
 * over all parameters. Gradients are read from the parameters and cleared.
 */
final class AdamW {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.99f;
  private static final float EPSILON = 1e-8f;

  /** The engine's own clip, element by element, is not wanted. */
  private static final float NO_CLIP = -1;

  private final List<Slot> slots;
  private final double weightDecay;
  private final double clip;
  private int steps;

  /**
   * @param weightDecay applied to matrices alone, not to norms and biases
   * @param clip the largest norm of all gradients together
   */
  AdamW(Collection<NDArray> parameters, double weightDecay, double clip) {
    this.slots = parameters.stream().map(Slot::of).toList();
    this.weightDecay = weightDecay;
    this.clip = clip;
  }

  /** Moves every parameter against its gradient. */
  void step(NDManager manager, double rate) {
    steps++;
    List<NDArray> gradients = slots.stream().map(slot -> gradient(manager, slot)).toList();
    double rescale = Math.min(1, clip / (norm(gradients) + 1e-6));
    double corrected = rate * Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps));
    for (int i = 0; i < slots.size(); i++) {
      slots.get(i).move(gradients.get(i), rate, corrected, weightDecay, rescale);
    }
  }

  private static NDArray gradient(NDManager manager, Slot slot) {
    NDArray gradient = slot.weight.getGradient();
    gradient.attach(manager);
    return gradient;
  }

  private static double norm(List<NDArray> gradients) {
    double sum = 0;
    for (NDArray gradient : gradients) {
      sum += gradient.square().sum().getFloat();
    }
    return Math.sqrt(sum);
  }

  /** A parameter with the running means of its gradient and of the gradient's square. */
  private record Slot(NDArray weight, NDArray mean, NDArray variance) {
    static Slot of(NDArray weight) {
      NDManager manager = weight.getManager();
      return new Slot(
          weight,
          manager.zeros(weight.getShape(), weight.getDataType()),
          manager.zeros(weight.getShape(), weight.getDataType()));
    }

    void move(NDArray gradient, double rate, double corrected, double decay, double rescale) {
      weight
          .getNDArrayInternal()
          .adamUpdate(
              new NDList(weight, gradient, mean, variance),
              new NDList(weight),
              (float) rate,
              (float) corrected,
              (float) (weight.getShape().dimension() > 1 ? decay : 0),
              (float) rescale,
              NO_CLIP,
              BETA1,
              BETA2,
              EPSILON,
              false,
              true);
    }
  }
}
