package dev.piecrust.serve;

import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;

/** Every method that the API offers, with the role that it declares, is in the reviewed list. */
final class ReviewedEndpointsTest {
  @Test
  void areAllThereAre() {
    assertThat(declared()).containsExactlyInAnyOrderElementsOf(Endpoint.ALL);
  }

  /** Programs call them by their names, and without one no request is answered. */
  @Test
  void thoseOfTheApiHaveANameOfTheirOwn() {
    List<String> names =
        resources()
            .filter(type -> type.getAnnotationOfType(Path.class).value().startsWith("/api/"))
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
            .map(
                method ->
                    method
                        .tryGetAnnotationOfType(Operation.class)
                        .map(Operation::operationId)
                        .orElse(method.getFullName() + " has none"))
            .toList();
    assertThat(names).hasSizeGreaterThan(30).doesNotHaveDuplicates();
    assertThat(names).allSatisfy(name -> assertThat(name).matches("[a-z][A-Za-z]+"));
  }

  private static List<Endpoint> declared() {
    return resources().flatMap(ReviewedEndpointsTest::endpoints).toList();
  }

  private static Stream<JavaClass> resources() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.piecrust")
            .stream()
            .filter(type -> type.isAnnotatedWith(Path.class))
            .filter(type -> !type.getModifiers().contains(ABSTRACT));
  }

  private static Stream<Endpoint> endpoints(JavaClass resource) {
    return resource.getMethods().stream()
        .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
        .map(method -> endpoint(resource.getAnnotationOfType(Path.class).value(), method));
  }

  private static Endpoint endpoint(String root, JavaMethod method) {
    String path = method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
    String verb =
        method.getAnnotations().stream()
            .map(annotation -> annotation.getRawType().tryGetAnnotationOfType(HttpMethod.class))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow()
            .value();
    return new Endpoint(verb, root + path, least(method));
  }

  private static String least(JavaMethod method) {
    if (method.isAnnotatedWith(PermitAll.class)) {
      return "";
    }
    return method
        .tryGetAnnotationOfType(RolesAllowed.class)
        .map(allowed -> List.of(allowed.value()))
        .map(
            roles -> {
              List<String> known = Endpoint.ROLES;
              String first = roles.get(0);
              assertThat(roles).isEqualTo(known.subList(known.indexOf(first), known.size()));
              return first;
            })
        .orElse("nobody: it declares no role");
  }
}
