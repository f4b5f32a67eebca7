import { ProtobufFile } from '../../protobuf/file.js';
import type { ExternalData } from './external-data.js';

/** The file of a model, and the files of weights beside it. */
export class ModelFile extends ProtobufFile {
  constructor(
    bytes: Uint8Array,
    where: string,
    readonly external?: ExternalData,
  ) {
    super(bytes, where);
  }
}
