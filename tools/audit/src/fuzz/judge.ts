import { writeFileSync } from 'node:fs';
import { messageOf, StrataError } from '@strata/core';
import type { Subject } from './subjects/subject.js';

/** A file may take so long, in milliseconds of a processor's time. */
const patience = 2000;

/** Of memory, beside four times the file. */
const sparedBytes = 64 * 2 ** 20;

/** What came of one file. */
export interface Verdict {
  readonly outcome: 'read' | 'refused' | 'crash' | 'slow' | 'large';
  /** What was thrown, or measured. */
  readonly told: string;
  readonly milliseconds: number;
  /** By how much the process grew beyond what it had, at its largest, in bytes. */
  readonly grown: number;
}

/**
 * Feeds a reader with a file. An error of this project's own kind is a refusal; any other, more than two seconds, or more
 * memory than four times the file and 64 MiB is a failure. Memory is by how much the process grew, at its largest: an
 * upper bound, for what it has not yet collected of earlier files counts as well, and where it cannot forget how large
 * it was (outside of Linux), that does.
 */
export async function judge(
  subject: Pick<Subject, 'read'>,
  bytes: Uint8Array,
  mostMilliseconds = patience,
): Promise<Verdict> {
  forgetLargestSize();
  const resident = process.memoryUsage.rss();
  const before = process.cpuUsage();
  let outcome: Verdict['outcome'] = 'read';
  let told = '';
  try {
    await subject.read(bytes);
  } catch (error) {
    outcome = error instanceof StrataError && isOneLine(error.summary) ? 'refused' : 'crash';
    told = messageOf(error);
  }
  const { user, system } = process.cpuUsage(before);
  const milliseconds = (user + system) / 1000;
  const grown = process.resourceUsage().maxRSS * 1024 - resident;
  if (outcome === 'crash') return { outcome, told, milliseconds, grown };
  if (milliseconds > mostMilliseconds) outcome = 'slow';
  else if (grown > sparedBytes + 4 * bytes.length) outcome = 'large';
  return { outcome, told, milliseconds, grown };
}

/** From now on, `maxRSS` is the largest that the process was since. */
function forgetLargestSize(): void {
  if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5');
}

function isOneLine(text: string): boolean {
  return !text.includes('\n') && text.length < 300;
}
