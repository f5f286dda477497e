// SPDX-License-Identifier: Apache-2.0
/**
 * Repair: what has to happen to a wheel so that it deserves a platform tag, and making it happen.
 *
 * <p>{@link dev.jwheel.repair.RepairPlanner} turns an audit into a {@link
 * dev.jwheel.repair.RepairPlan}, which is data and can be printed; {@link
 * dev.jwheel.repair.WheelRepairer} carries it out and audits what came out.
 */
@NullMarked
package dev.jwheel.repair;

import org.jspecify.annotations.NullMarked;
