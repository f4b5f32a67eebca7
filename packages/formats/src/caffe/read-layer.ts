import { WeightsError } from '@strata/core';
import type { Field } from '../protobuf/field.js';
import type { ProtobufFile } from '../protobuf/file.js';
import { quoteName } from '../quote-name.js';
import { type Blob, readBlob } from './read-blob.js';
import type { CaffeLayer } from './types.js';
import { v1TypeOf } from './v1-types.js';

/** A layer with its blobs. */
export interface ReadLayer extends CaffeLayer {
  readonly blobs: readonly Blob[];
}

/** Numbers of a layer's fields in `caffe.proto`. */
interface LayerFields {
  readonly name: number;
  readonly type: number;
  readonly bottom: number;
  readonly top: number;
  readonly blobs: number;
  typeOf(field: Field): string;
}

/** `LayerParameter`. */
export const currentLayer: LayerFields = {
  ...{ name: 1, type: 2, bottom: 3, top: 4, blobs: 7 },
  typeOf: (field) => field.text(),
};

/** `V1LayerParameter`. */
export const v1Layer: LayerFields = {
  ...{ bottom: 2, top: 3, name: 4, type: 5, blobs: 6 },
  typeOf: (field) => v1TypeOf(field.whole()),
};

/** The field of `V1LayerParameter` that holds a layer of the format before. */
const V0_LAYER = 1;

/** A layer, the `index`th of its network. `WeightsError` for one of the oldest format, which only Caffe converts. */
export function readLayer(file: ProtobufFile, message: Uint8Array, fields: LayerFields, index: number): ReadLayer {
  const what = `layer ${index}`;
  file.charge(20);
  const bottoms: string[] = [];
  const tops: string[] = [];
  const blobs: Uint8Array[] = [];
  let name = '';
  let type = '';
  file.visit(message, what, (field) => {
    if (field.number === fields.name) name = field.text();
    else if (field.number === fields.type) type = fields.typeOf(field);
    else if (field.number === fields.bottom) bottoms.push(field.text());
    else if (field.number === fields.top) tops.push(field.text());
    else if (field.number === fields.blobs) {
      // Before they are read: a view of two bytes takes a hundred.
      file.charge(40);
      blobs.push(field.bytes());
    } else if (fields === v1Layer && field.number === V0_LAYER) throw oldest(file);
  });
  const called = name === '' ? what : `layer ${quoteName(name)}`;
  return {
    ...{ name, type, bottoms, tops },
    blobs: blobs.map((blob, place) => readBlob(file, blob, `${called}: blob ${place}`)),
  };
}

function oldest(file: ProtobufFile): WeightsError {
  return new WeightsError({
    where: file.where,
    got: 'a Caffe model of the oldest format (V0)',
    want: 'one of today or V1',
    hint: "Caffe's upgrade_net_proto_binary makes a current one",
  });
}
