package dev.piecrust.reference;

import java.util.List;

/** Environment variables that belong together, under a heading. */
record VariableGroup(String title, List<Variable> variables) {
  VariableGroup {
    variables = List.copyOf(variables);
  }

  static VariableGroup of(String title, Variable... variables) {
    return new VariableGroup(title, List.of(variables));
  }
}
