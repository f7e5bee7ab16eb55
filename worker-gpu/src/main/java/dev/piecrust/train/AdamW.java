package dev.piecrust.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Collection;
import java.util.List;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019) and a clip of the gradient's norm
 * over all parameters.
 */
public final class AdamW {
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
  public AdamW(Collection<NDArray> parameters, double weightDecay, double clip) {
    this.slots = parameters.stream().map(Slot::of).toList();
    this.weightDecay = weightDecay;
    this.clip = clip;
  }

  /** Moves every parameter against the gradient that autograd left, and clears that. */
  public void step(NDManager manager, double rate) {
    step(slots.stream().map(slot -> gradient(manager, slot)).toList(), rate);
  }

  /** Moves every parameter against its gradient, in their order. */
  void step(List<NDArray> gradients, double rate) {
    steps++;
    double rescale = Math.min(1, clip / (norm(gradients) + 1e-6));
    double corrected = rate * Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps));
    for (int i = 0; i < slots.size(); i++) {
      slots.get(i).move(gradients.get(i), rate, corrected, weightDecay, rescale);
    }
  }

  /** The running means of each parameter's gradient, and after them those of its square. */
  List<NDArray> moments() {
    return slots.stream().flatMap(slot -> List.of(slot.mean, slot.variance).stream()).toList();
  }

  /**
   * Forgets a part of what it knows of a parameter's gradients: that which {@code kept} is 0 at.
   */
  void forget(NDArray parameter, NDArray kept) {
    for (Slot slot : slots) {
      if (slot.weight == parameter) {
        slot.mean.muli(kept);
        slot.variance.muli(kept);
      }
    }
  }

  /** Goes on after so many steps, with the moments that it had then. */
  void resume(int stepsDone, List<NDArray> moments) {
    steps = stepsDone;
    List<NDArray> own = moments();
    for (int i = 0; i < own.size(); i++) {
      moments.get(i).copyTo(own.get(i));
    }
  }

  private static NDArray gradient(NDManager manager, Slot slot) {
    NDArray gradient = slot.weight.getGradient();
    gradient.attach(manager);
    return gradient;
  }

  /** Summed row by row, then in Java: one long sum depends on the number of threads. */
  private static double norm(List<NDArray> gradients) {
    double sum = 0;
    for (NDArray gradient : gradients) {
      for (float row : gradient.square().sum(new int[] {-1}).toFloatArray()) {
        sum += row;
      }
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
