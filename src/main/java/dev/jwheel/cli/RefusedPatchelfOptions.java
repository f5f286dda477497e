package dev.jwheel.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of patchelf that are refused rather than ignored. */
final class RefusedPatchelfOptions {

  @Spec(Spec.Target.MIXEE)
  CommandSpec command = CommandSpec.create();

  @Option(names = "--print-os-abi", hidden = true)
  void printOsAbi(boolean given) {
    refuse("--print-os-abi");
  }

  @Option(names = "--set-os-abi", hidden = true)
  void setOsAbi(String abi) {
    refuse("--set-os-abi");
  }

  @Option(names = "--no-sort", hidden = true)
  void noSort(boolean given) {
    refuse("--no-sort");
  }

  @Option(names = "--clear-symbol-version", hidden = true)
  void clearSymbolVersion(String symbol) {
    refuse("--clear-symbol-version");
  }

  @Option(names = "--add-debug-tag", hidden = true)
  void addDebugTag(boolean given) {
    refuse("--add-debug-tag");
  }

  @Option(names = "--build-resolution-cache", hidden = true)
  void buildResolutionCache(boolean given) {
    refuse("--build-resolution-cache");
  }

  @Option(names = "--rename-dynamic-symbols", hidden = true)
  void renameDynamicSymbols(String map) {
    refuse("--rename-dynamic-symbols");
  }

  @Option(names = "--no-clobber-old-sections", hidden = true)
  void noClobberOldSections(boolean given) {
    refuse("--no-clobber-old-sections");
  }

  private void refuse(String name) {
    throw new ParameterException(
        command.commandLine(), "patchelf's option " + name + " is not supported");
  }
}
