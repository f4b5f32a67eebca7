import type { Complaint } from '@strata/core';
import { type FileFormat, identify, isPictureFormat, isWeightsFormat, wayOut } from '@strata/formats/identify';

/** What a file is that could not be decoded, and what helps. `readable` are the formats that this runtime decodes. */
export function describeNoPicture(
  bytes: Uint8Array,
  readable: readonly FileFormat[],
): Pick<Complaint, 'got'> & Partial<Pick<Complaint, 'hint'>> {
  const found = identify(bytes);
  const { format, name } = found;
  if (readable.includes(format)) return { got: `${name} that is damaged or cut short` };
  if (isPictureFormat(format) || format === 'pdf') {
    return { got: `${name}, which is not read here`, hint: 'save it as JPEG or PNG' };
  }
  if (format === 'video') return { got: name, hint: 'save one frame of it as JPEG or PNG' };
  if (format === 'npy') return { got: name, hint: '`strata run --input` takes arrays' };
  const hint =
    wayOut(found) ??
    (isWeightsFormat(format) ? 'weights are given with --weights or loadGoogLeNet({ weights })' : undefined);
  return { got: name, ...(hint === undefined ? {} : { hint }) };
}
