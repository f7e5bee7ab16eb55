package dev.piecrust.task;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A Python method with a doc-string (Heimersheim and Janiak 2023): the documentation names the
 * arguments in the order of the signature.
 *
 * @param name of the function
 * @param summary of the doc-string
 * @param signature the arguments as the signature has them, after {@code self}; as many as
 *     documented
 * @param arguments the arguments as the documentation has them; the same in a clean function
 * @param remarks one for each argument
 */
public record DocstringFunction(
    String name,
    String summary,
    List<String> signature,
    List<String> arguments,
    List<String> remarks) {
  public DocstringFunction {
    signature = List.copyOf(signature);
    arguments = List.copyOf(arguments);
    remarks = List.copyOf(remarks);
    if (signature.size() != arguments.size() || remarks.size() != arguments.size()) {
      throw new IllegalArgumentException("each argument is documented once");
    }
  }

  /** Draws a function of three or four arguments. */
  public static DocstringFunction draw(RandomGenerator random) {
    return draw(random, OneTokenWords.all(DocstringWords.ARGUMENTS));
  }

  static DocstringFunction draw(RandomGenerator random, OneTokenWords argumentNames) {
    int count = 3 + random.nextInt(2);
    List<String> arguments = argumentNames.draw(random, count);
    return new DocstringFunction(
        pick(random, DocstringWords.FUNCTIONS),
        pick(random, DocstringWords.VERBS) + " the " + pick(random, DocstringWords.THINGS),
        arguments,
        arguments,
        OneTokenWords.all(DocstringWords.THINGS).draw(random, count));
  }

  /** The code up to where the name of argument {@code documented} is due. */
  public String promptAfter(int documented) {
    StringBuilder code = new StringBuilder("def " + name + "(self");
    signature.forEach(argument -> code.append(", ").append(argument));
    code.append("):\n    \"\"\"").append(summary).append("\n\n    ");
    for (int i = 0; i < documented; i++) {
      code.append(":param ").append(arguments.get(i)).append(": ");
      code.append(remarks.get(i)).append("\n    ");
    }
    return code.append(":param").toString();
  }

  /** The whole doc-string function. */
  public String text() {
    int last = arguments.size() - 1;
    return promptAfter(last)
        + (" " + arguments.get(last) + ": " + remarks.get(last) + "\n    \"\"\"\n");
  }

  /** The same function and documentation under a signature of other names. */
  DocstringFunction withSignature(List<String> names) {
    return new DocstringFunction(name, summary, names, arguments, remarks);
  }

  private static String pick(RandomGenerator random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
