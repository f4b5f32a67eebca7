import { callGlobal, findGlobal } from './globals.js';
import type { Cursor } from './pickle/cursor.js';
import { budgetFor, Machine } from './pickle/machine.js';
import { runMachine } from './pickle/run-machine.js';
import type { Value } from './pickle/values.js';
import { readStorageId, type StorageId } from './storage-id.js';
import type { Storage } from './storages.js';

/** The file around a pickle. */
interface Around {
  readonly where: string;
  readonly fileBytes: number;
}

/** What the pickle at the cursor makes, with torch's names and the storages that `find` knows. */
export function unpickle(cursor: Cursor, find: (id: StorageId) => Storage, { where, fileBytes }: Around): Value {
  const machine = new Machine(
    cursor,
    {
      find: (name) => findGlobal(name, where),
      call: (callee, args) => callGlobal(callee, args, cursor),
      load: (id) => ({ kind: 'storage', storage: find(readStorageId(id, cursor)) }),
    },
    budgetFor(fileBytes),
  );
  return runMachine(machine);
}
