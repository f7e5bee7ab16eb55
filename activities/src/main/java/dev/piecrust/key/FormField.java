package dev.piecrust.key;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Puts a {@link Key} into the form for a new campaign; that of a group begins a section. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(FormField.Several.class)
public @interface FormField {
  /** What stands above the field. */
  String value();

  /** A hint below it; of a group that a spec may do without, what a box says that adds it. */
  String help() default "";

  /** What a choice is called that takes the key away, where it is not the default. */
  String none() default "";

  /** Of which item of a list it is, by its kind, or of which value of a map, by its key. */
  String of() default "";

  /** Of a group: whether its section stands right behind the first. */
  boolean early() default false;

  /** Whether it takes a line of its own. */
  boolean wide() default false;

  /** Several fields of one key. */
  @Target(ElementType.RECORD_COMPONENT)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Several {
    /** The fields. */
    FormField[] value();
  }
}
