// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/**
 * What libraries that policies promise need in turn, for systems where they are not installed: the
 * DT_NEEDED entries that distributions commonly give them, old and new SONAMEs together.
 */
final class KnownDependencies {
  private static final Map<String, List<String>> NEEDS =
      Map.ofEntries(
          entry("libGL.so.1", List.of("libGLdispatch.so.0", "libGLX.so.0")),
          entry("libGLX.so.0", List.of("libGLdispatch.so.0", "libX11.so.6")),
          entry("libEGL.so.1", List.of("libGLdispatch.so.0")),
          entry("libOpenGL.so.0", List.of("libGLdispatch.so.0")),
          entry("libGLESv2.so.2", List.of("libGLdispatch.so.0")),
          entry("libX11.so.6", List.of("libxcb.so.1")),
          entry("libXext.so.6", List.of("libX11.so.6")),
          entry("libXrender.so.1", List.of("libX11.so.6")),
          entry("libxcb.so.1", List.of("libXau.so.6", "libXdmcp.so.6")),
          entry("libXdmcp.so.6", List.of("libbsd.so.0")),
          entry("libbsd.so.0", List.of("libmd.so.0")),
          entry("libSM.so.6", List.of("libICE.so.6", "libuuid.so.1")),
          entry("libICE.so.6", List.of("libbsd.so.0")),
          entry("libglib-2.0.so.0", List.of("libpcre2-8.so.0", "libpcre.so.3", "libpcre.so.1")),
          entry(
              "libgobject-2.0.so.0",
              List.of("libglib-2.0.so.0", "libffi.so.8", "libffi.so.7", "libffi.so.6")),
          entry("libgthread-2.0.so.0", List.of("libglib-2.0.so.0")),
          entry("libgmodule-2.0.so.0", List.of("libglib-2.0.so.0")),
          entry(
              "libgio-2.0.so.0",
              List.of(
                  "libglib-2.0.so.0",
                  "libgobject-2.0.so.0",
                  "libgmodule-2.0.so.0",
                  "libmount.so.1",
                  "libselinux.so.1")));

  private KnownDependencies() {}

  /** The names that a library needs; none where nothing is known of it. */
  static List<String> of(String name) {
    return NEEDS.getOrDefault(name, List.of());
  }
}
