import type { DeviceReport } from '@strata/core';

/** The result of opening a device in the page: its number and report, or why it is not available. */
export type Opened = { readonly id: number; readonly report: DeviceReport } | { readonly absent: string };
