import { InputError, type Value } from '@strata/core';
import { importerTable } from '../importers/importer-table.js';
import type { Importing } from './types.js';

/** One ONNX node in Strata's own layers. Throws `InputError` for an operator or attribute that has no counterpart. */
export function importNode(importing: Importing): Value {
  const { name, op } = importing.node;
  if (Object.hasOwn(importerTable, op)) return importerTable[op](importing);
  throw new InputError({ where: name, got: op, want: `one of ${Object.keys(importerTable).join(', ')}` });
}
