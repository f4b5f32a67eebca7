import type { DeviceReport } from '@strata/core';
import { coloursFor, type Io } from '../io.js';

/**
 * One line on stderr for what `auto` did without because a part is missing that can be had: faster devices, more threads.
 * Nothing where none is, or where the device was named.
 */
export function noteMissing(
  { backend, device, passedOver = [], notTried = [], threadsMissing }: DeviceReport,
  io: Io,
): void {
  const missing = passedOver.flatMap((one) => (one.missing === undefined ? [] : [`${one.device} (${one.missing})`]));
  const isAuto = passedOver.length + notTried.length > 0;
  if (isAuto && threadsMissing !== undefined) missing.push(`more threads (${threadsMissing})`);
  if (missing.length === 0) return;
  const { yellow } = coloursFor(io.stderr, io);
  const faster = missing.join(', ').replace(/[\r\n]+/g, ' ');
  io.stderr.write(`${yellow('note:')} on ${backend}/${device}, for something is missing for ${faster}\n`);
}
