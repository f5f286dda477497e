// SPDX-License-Identifier: Apache-2.0
/** Bytes over HTTP: requests with streamed bodies, proxies, certificates, the simple index. */
@NullMarked
package dev.jwheel.remote;

import org.jspecify.annotations.NullMarked;
