// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import java.util.List;

/** Where one loader looks, and what it takes for loaded already. */
interface LoaderRules {

  /** Where names without a slash are searched. */
  SearchPath search(LinkMapEntry requester);

  /** The names to which an object answers once it is loaded, so that nothing is searched. */
  List<String> ownNames(LinkMapEntry loaded);

  /** Whether an object also answers to the name under which a search found it. */
  boolean remembersName(String needed);

  /** Whether the libraries that DT_FILTER and DT_AUXILIARY name are loaded too. */
  boolean followsFilters();

  /** Whether the name means the C library that the loader is part of. */
  boolean isLoaderItself(String needed);
}
