import type { Backend, DeviceReport } from '@strata/core';
import type { CheckOptions, CheckResult } from './search.js';
import { checkSubject, type Subject } from './subjects.js';

/** A backend with the suite at hand, in this process or where only messages reach: a page. */
export interface Checker {
  readonly report: DeviceReport;
  check(subject: Subject, options?: CheckOptions): Promise<CheckResult>;
  dispose(): Promise<void>;
}

/** The suite on a backend of this process. */
export function checkerOf(backend: Backend): Checker {
  return {
    report: backend.report,
    check: (subject, options = {}) => checkSubject(backend, subject, options),
    dispose: () => backend.dispose(),
  };
}
