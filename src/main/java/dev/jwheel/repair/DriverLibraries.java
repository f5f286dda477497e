// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import java.util.List;

/**
 * Libraries that have to do with the drivers of the system that a wheel runs on. {@code
 * docs/repair.md} gives the reason for each, and for those that look as if they belonged here and
 * do not.
 */
final class DriverLibraries {

  private static final List<String> DRIVERS =
      List.of(
          "libcuda.so",
          "libcudadebugger.so",
          "libnvidia-",
          "libnvcuvid.so",
          "libnvoptix.so",
          "libGLX_",
          "libEGL_",
          "libGLESv1_CM_",
          "libGLESv2_",
          "libvdpau_",
          "libvulkan.so",
          "libze_",
          "libdxcore.so");

  private static final List<String> LOADERS =
      List.of(
          "libGL.so",
          "libGLdispatch.so",
          "libGLX.so",
          "libOpenGL.so",
          "libEGL.so",
          "libGLESv1_CM.so",
          "libGLESv2.so",
          "libgbm.so",
          "libva.so",
          "libva-",
          "libvdpau.so",
          "libibverbs.so");

  private DriverLibraries() {}

  /**
   * Whether a DT_NEEDED name means a part of a driver, or of what is installed with one: no other
   * copy works.
   */
  static boolean isDriver(String name) {
    return DRIVERS.stream().anyMatch(name::startsWith);
  }

  /**
   * Whether a DT_NEEDED name means a library that loads drivers, which may want the system's copy
   * of it: with another it may find no device.
   */
  static boolean isLoader(String name) {
    return LOADERS.stream().anyMatch(name::startsWith);
  }
}
