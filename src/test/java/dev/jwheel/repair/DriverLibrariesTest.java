// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which libraries have to do with drivers; {@code docs/repair.md} gives the reasons. */
class DriverLibrariesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "libcuda.so.1",
        "libcuda.so",
        "libcudadebugger.so.1",
        "libnvidia-ml.so.1",
        "libnvidia-encode.so.1",
        "libnvcuvid.so.1",
        "libnvoptix.so.1",
        "libGLX_nvidia.so.0",
        "libGLX_mesa.so.0",
        "libEGL_mesa.so.0",
        "libGLESv2_nvidia.so.2",
        "libvdpau_nvidia.so.1",
        "libvulkan.so.1",
        "libze_loader.so.1",
        "libze_intel_gpu.so.1",
        "libdxcore.so"
      })
  void aPartOfADriverIsNeverGrafted(String name) {
    assertThat(DriverLibraries.isDriver(name)).isTrue();
    assertThat(DriverLibraries.isLoader(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "libGL.so.1",
        "libGLdispatch.so.0",
        "libGLX.so.0",
        "libOpenGL.so.0",
        "libEGL.so.1",
        "libGLESv2.so.2",
        "libgbm.so.1",
        "libva.so.2",
        "libva-drm.so.2",
        "libvdpau.so.1",
        "libibverbs.so.1"
      })
  void whatLoadsDriversIsGraftedAndReported(String name) {
    assertThat(DriverLibraries.isLoader(name)).isTrue();
    assertThat(DriverLibraries.isDriver(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "libOpenCL.so.1",
        "libcudart.so.12",
        "libcublas.so.12",
        "libnvrtc.so.12",
        "libnvToolsExt.so.1",
        "libamdhip64.so.6",
        "libhsa-runtime64.so.1",
        "libdrm.so.2",
        "libmfx.so.1",
        "libnuma.so.1",
        "libvariable.so.1",
        "libEGLplus.so.1"
      })
  void whatWorksWithAnyDriverIsGraftedLikeAnythingElse(String name) {
    assertThat(DriverLibraries.isDriver(name)).isFalse();
    assertThat(DriverLibraries.isLoader(name)).isFalse();
  }
}
