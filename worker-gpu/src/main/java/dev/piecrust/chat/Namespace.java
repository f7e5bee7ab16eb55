package dev.piecrust.chat;

import java.util.Map;

/** Values that a template may change from within a loop. */
record Namespace(Map<String, Object> values) {}
