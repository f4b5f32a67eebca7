import { type Complaint, describeValue, InputError } from '@strata/core';
import type { ChannelOrder, Preprocessing, ResizeRule } from './preprocessing-types.js';

const orders: readonly ChannelOrder[] = ['grey', 'rgb', 'bgr'];
const rules: readonly ResizeRule[] = ['torchvision', 'caffe', 'whole', 'garment'];

type Failure = new (complaint: Complaint) => Error;

/**
 * The same, if it fits a network of so many channels. `InputError`, or `Failure`, names what does not: unknown words, other
 * than one mean and deviation a channel, numbers that are not finite, a scale or deviation of 0.
 */
export function checkPreprocessing(
  given: { readonly [K in keyof Preprocessing]: unknown },
  count: number,
  Failure: Failure = InputError,
  prefix = '',
): Preprocessing {
  const fail = (where: string, got: string, want: string): never => {
    throw new Failure({ where: prefix + where, got, want });
  };
  const channels = findWord(given.channels, orders) ?? fail('channels', describe(given.channels), orders.join(', '));
  const resize = findWord(given.resize, rules) ?? fail('resize', describe(given.resize), rules.join(', '));
  if ((channels === 'grey') !== (count === 1)) {
    fail('channels', `'${channels}' for a network of ${count}`, count === 1 ? "'grey'" : "'rgb' or 'bgr'");
  }
  if (resize === 'garment' && channels !== 'grey') fail('resize', `'garment' for '${channels}'`, "channels 'grey'");
  const { scale } = given;
  if (!isNumber(scale) || scale === 0) return fail('scale', describe(scale), 'a finite number other than 0');
  const { mean, std } = given;
  if (!isListOf(mean, count)) return fail('mean', describeNumbers(mean), numbers(count));
  if (!isListOf(std, count) || std.includes(0)) {
    return fail('std', describeNumbers(std), `${numbers(count)}, none of them 0`);
  }
  return { channels, resize, scale, mean: [...mean], std: [...std] };
}

function findWord<T extends string>(given: unknown, words: readonly T[]): T | undefined {
  return words.find((word) => word === given);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isListOf(values: unknown, count: number): values is readonly number[] {
  return Array.isArray(values) && values.length === count && values.every(isNumber);
}

function numbers(count: number): string {
  return count === 1 ? 'one finite number, for one channel' : `${count} finite numbers, one a channel`;
}

function describe(given: unknown): string {
  if (typeof given === 'string') return `'${given.slice(0, 40)}'`;
  return typeof given === 'number' ? String(given) : describeValue(given);
}

function describeNumbers(given: unknown): string {
  return Array.isArray(given) ? `[${given.slice(0, 6).map(String)}${given.length > 6 ? ',…' : ''}]` : describe(given);
}
