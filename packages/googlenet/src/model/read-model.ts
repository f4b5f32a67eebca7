import { describeValue, InputError, isBlob, isUrlObject, viewBytes, WeightsError } from '@strata/core';
import type { OnnxImport, OnnxImportOptions } from '@strata/formats/onnx';
import { host } from '#host';
import type { DownloadContext, DownloadReport } from '../download/types.js';
import { describeUrl, isUrl } from '../download/urls.js';

/** A network: the path or URL of a `.onnx` file, or its bytes. */
export type ModelSource = string | URL | ArrayBufferView | ArrayBufferLike | Blob;

/** A network as it was read. */
export interface ReadModel extends OnnxImport {
  readonly download?: DownloadReport | undefined;
}

/** Reads a network from anywhere; bytes are copied before it returns its promise. Errors as `importOnnx`. */
export function readModel(
  source: ModelSource,
  { externalData }: Pick<OnnxImportOptions, 'externalData'>,
  downloading: Omit<DownloadContext, 'Failure' | 'want'>,
): Promise<ReadModel> {
  const others = externalData === undefined ? {} : { externalData };
  // Loaded with the first model: a page that shows garments does without.
  const open = async (bytes: Uint8Array, where: string): Promise<ReadModel> =>
    (await import('@strata/formats/onnx')).importOnnx(bytes, { where, ...others });
  if (typeof source === 'string' || isUrlObject(source)) {
    return readFile(source, open, { Failure: WeightsError, want: 'a .onnx file', ...downloading });
  }
  if (isBlob(source)) return source.arrayBuffer().then((bytes) => open(new Uint8Array(bytes), 'model'));
  const bytes = viewBytes(source)?.slice();
  if (bytes !== undefined) return open(bytes, 'model');
  return Promise.reject(
    new InputError({ where: 'model', got: describeValue(source), want: 'the path, URL or bytes of a .onnx file' }),
  );
}

async function readFile(
  source: string | URL,
  open: (bytes: Uint8Array, where: string) => Promise<ReadModel>,
  context: DownloadContext,
): Promise<ReadModel> {
  const where = isUrl(String(source)) ? describeUrl(source) : String(source);
  const { value, download } = await host.readKept(source, context, (bytes) => open(bytes, where));
  return { ...value, download };
}
