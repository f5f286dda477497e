// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import dev.jwheel.platform.Architecture;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a policy means to someone who decides for which tag to build: facts that judge no wheel,
 * each with its source. What is not known is left out.
 *
 * @param systemsSource where the systems of the policy are from; empty where the file does not say
 * @param installers what installs wheels of the tag
 * @param image in what they are built
 * @param index for which architectures the public index takes them
 * @param notes what else there is to know
 * @param packages which packages of distributions have the libraries of the policy
 */
public record PolicyMeaning(
    String systemsSource,
    Optional<Installers> installers,
    Optional<BuildImage> image,
    Optional<IndexArchitectures> index,
    List<Note> notes,
    List<PackageTable> packages) {

  static final PolicyMeaning NONE =
      new PolicyMeaning(
          "", Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());

  public PolicyMeaning {
    notes = List.copyOf(notes);
    packages = List.copyOf(packages);
  }

  /**
   * The first programs that know the tag under its first name.
   *
   * @param pip the first pip
   * @param cpython the first release of each series of CPython that brings such a pip
   */
  public record Installers(String pip, List<String> cpython, String source) {
    public Installers {
      cpython = List.copyOf(cpython);
    }
  }

  /**
   * The container image of the manylinux project.
   *
   * @param base the distribution it is made of
   * @param compiler its compiler
   * @param architectures those it exists for
   * @param supportEnded when the project gave the image up, as in {@code 2022-01-01}; empty if it
   *     has not, or that is not known
   * @param distributionEnd when the distribution's own support ended; empty if that is not known
   * @param firstSystems the first releases of the great distributions that install the tag
   */
  public record BuildImage(
      String base,
      String compiler,
      List<Architecture> architectures,
      String supportEnded,
      String distributionEnd,
      List<String> firstSystems,
      String source) {
    public BuildImage {
      architectures = List.copyOf(architectures);
      firstSystems = List.copyOf(firstSystems);
    }
  }

  /**
   * What the public index takes.
   *
   * @param architectures those for which it takes the tag
   */
  public record IndexArchitectures(List<Architecture> architectures, String source) {
    public IndexArchitectures {
      architectures = List.copyOf(architectures);
    }
  }

  /** A sentence or two. */
  public record Note(String text, String source) {}

  /**
   * Packages, each with the SONAMEs of its libraries.
   *
   * @param debian those of Debian and its derivatives
   * @param rpm those of distributions with RPM
   */
  public record PackageTable(
      Map<String, List<String>> debian, Map<String, List<String>> rpm, String source) {}
}
