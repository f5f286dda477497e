package dev.jwheel.repair;

import java.util.List;

/**
 * Libraries that belong to a system's hardware drivers: only the copy that came with the driver
 * works, so grafting one breaks the wheel on every other machine. libOpenCL is none of them: it
 * looks for the drivers of the machine that it runs on, and wheels on PyPI carry it.
 */
final class DriverLibraries {
  private static final List<String> NAMES =
      List.of(
          "libcuda.so",
          "libcudadebugger.so",
          "libnvcuvid.so",
          "libnvidia-",
          "libnvoptix.so",
          "libvulkan.so",
          "libGLX_nvidia.so",
          "libGLX_mesa.so",
          "libEGL_nvidia.so",
          "libEGL_mesa.so",
          "libze_loader.so",
          "libze_intel_gpu.so");

  private DriverLibraries() {}

  /** Whether a DT_NEEDED name means such a library. */
  static boolean contains(String name) {
    return NAMES.stream().anyMatch(name::startsWith);
  }
}
