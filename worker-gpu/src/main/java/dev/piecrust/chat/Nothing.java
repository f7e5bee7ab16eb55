package dev.piecrust.chat;

/** Values of a template that are none. */
enum Nothing {
  /** What JSON and templates call null or none. */
  NONE,
  /** What a name that is not set stands for. */
  UNDEFINED
}
