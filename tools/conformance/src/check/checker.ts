import { withShownReport } from '@strata/comparison';
import type { Backend, DeviceReport } from '@strata/core';
import type { CheckOptions, CheckResult, DeviceLoss } from '@strata/trials';
import { checkSubject, type Subject } from './subjects.js';

/** A backend that can run the suite, in this process or in a page, which only messages reach. */
export interface Checker {
  readonly report: DeviceReport;
  check(subject: Subject, options?: CheckOptions): Promise<CheckResult>;
  dispose(): Promise<void>;
}

/**
 * The suite on a backend of this process; `open` makes another on the same device, and `watchLoss`, which is called
 * before, takes such devices away. Tolerances are those of what the backend's report says, as far as its results show it.
 */
export async function openChecker(
  open: () => Promise<Backend>,
  watchLoss?: () => Promise<DeviceLoss | undefined>,
): Promise<Checker> {
  const loss = await watchLoss?.();
  const backend = await open();
  const believed = await withShownReport(backend);
  return {
    report: backend.report,
    check: (subject, options = {}) => checkSubject(believed, subject, { open, loss, ...options }),
    dispose: () => backend.dispose(),
  };
}
