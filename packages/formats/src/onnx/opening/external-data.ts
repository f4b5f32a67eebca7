import { describeValue, InputError, ownValue, refuseOtherThanRecord, viewBytes, WeightsError } from '@strata/core';
import { quoteName } from '../../quote-name.js';

/** What a reader of a model's other files is given, and what it may give back. */
type Bytes = ArrayBufferLike | ArrayBufferView;

/**
 * The other files of a model by the location that it names, relative to its own folder: all of them, or a function that
 * gives one when it is asked for. Such a location never leaves the folder: others are refused before anybody is asked.
 */
export type ExternalData = Readonly<Record<string, Bytes>> | ((location: string) => Bytes | undefined);

/** Where a tensor's elements are, as its entries of `external_data` say it. */
export interface ExternalPlace {
  readonly location: string;
  /** In bytes, as a text; '' where the file does not say it: from the start, to the end. */
  readonly offset: string;
  readonly length: string;
}

/** The bytes at that place. `WeightsError` for a location outside the model's folder, and for more than is there. */
export function readExternal(place: ExternalPlace, where: string, files: ExternalData | undefined): Uint8Array {
  const { location } = place;
  const at = `${where}: data in ${quoteName(location)}`;
  if (leavesFolder(location)) {
    throw new WeightsError({ where: at, got: 'a place outside the folder of the model', want: 'a file beside it' });
  }
  const bytes = files === undefined ? undefined : fileAt(files, location, at);
  if (bytes === undefined) {
    throw new WeightsError({
      where,
      got: `data in another file, ${quoteName(location)}`,
      want: files === undefined ? 'one file that holds all' : 'the bytes of that file among externalData',
      hint: 'openOnnx and importOnnx take its bytes as externalData; in Python, beside that file: onnx.save(onnx.load("net.onnx"), "whole.onnx")',
    });
  }
  const start = wholeOf(place.offset, 0, `${at}: offset`);
  const length = wholeOf(place.length, Math.max(0, bytes.length - start), `${at}: length`);
  if (start + length <= bytes.length) return bytes.subarray(start, start + length);
  throw new WeightsError({
    where: at,
    got: `${length} bytes from byte ${start} on`,
    want: `at most the ${bytes.length} that it has`,
    hint: 'it belongs to another model, or is cut short',
  });
}

/** Whether a location is absolute, goes up, or is spelled in a way that some system reads so. */
function leavesFolder(location: string): boolean {
  if (/[\\:\p{Cc}]/u.test(location)) return true;
  const parts = location.split('/');
  return parts.includes('..') || parts[0] === '';
}

function fileAt(files: ExternalData, location: string, where: string): Uint8Array | undefined {
  const given = typeof files === 'function' ? files(location) : ownValue(files, location);
  if (given === undefined) return undefined;
  const bytes = viewBytes(given);
  if (bytes !== undefined) return bytes;
  throw new InputError({ where, got: describeValue(given), want: 'the bytes of that file' });
}

function wholeOf(text: string, byDefault: number, where: string): number {
  if (text === '') return byDefault;
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new WeightsError({ where, got: quoteName(text), want: 'a whole number of bytes', hint: 'the file is damaged' });
}

/** Throws `InputError` for what is neither files by location nor a function. */
export function checkExternalData(files: ExternalData | undefined): void {
  if (files === undefined || typeof files === 'function') return;
  refuseOtherThanRecord(files, 'externalData', 'an object of bytes by location, or a function');
}
