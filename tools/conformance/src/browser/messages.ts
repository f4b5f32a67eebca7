import type { DeviceReport } from '@strata/core';

/** The backends that the page knows. */
export type PageBackend = 'onnx' | 'tfjs' | 'gpujs';

/** What came of opening a device in the page: its number and report, or why it is not there. */
export type Opened = { readonly id: number; readonly report: DeviceReport } | { readonly absent: string };
