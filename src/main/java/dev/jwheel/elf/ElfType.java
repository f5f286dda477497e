package dev.jwheel.elf;

/** The object file type: e_type of the gABI's ELF header. */
public enum ElfType {
  /** ET_REL: an object file for the link editor. */
  RELOCATABLE,
  /** ET_EXEC: an executable at fixed addresses. */
  EXECUTABLE,
  /** ET_DYN: a shared object or a position-independent executable. */
  SHARED,
  /** ET_CORE: a core dump. */
  CORE,
  OTHER
}
