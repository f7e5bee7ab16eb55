package dev.piecrust.chat;

import java.util.List;
import java.util.Map;

/** What a template may call: a function, a method of a value, or a macro. */
@FunctionalInterface
interface Callable {
  Object call(Scope scope, List<Object> arguments, Map<String, Object> named);
}
