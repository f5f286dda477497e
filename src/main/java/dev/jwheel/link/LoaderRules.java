package dev.jwheel.link;

import java.util.List;

/** Where one loader looks, and what it takes for loaded already. */
interface LoaderRules {

  /** The directories that are searched for a name without a slash, in order. */
  List<SearchDirectory> search(LinkMapEntry requester);

  /** What is put between a directory and the wanted name, in order. */
  List<String> subdirectories();

  /**
   * Like {@link #subdirectories()}, but for processors above the one whose rules these are: looked
   * at only to explain a missing library.
   */
  List<String> unusedSubdirectories();

  /** Whether a loaded object is taken for the wanted name without any search. */
  boolean answersTo(LinkMapEntry loaded, String needed);

  /** Whether the name means the C library that the loader is part of. */
  boolean isLoaderItself(String needed);
}
