package dev.piecrust.workflow.hold;

import io.temporal.workflow.SignalMethod;

/** A child workflow whose campaign can hold it back. */
public interface Held {
  /** Says whether work may go on. */
  @SignalMethod
  void hold(PauseState hold);
}
