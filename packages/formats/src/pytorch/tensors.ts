import type { ElementType } from '../stored-tensor.js';
import type { Call } from './pickle/call.js';
import type { Cursor } from './pickle/cursor.js';
import { describe, isDict, isGlobal, isTuple, type Value } from './pickle/values.js';
import { elementTypesOfTorch, type Storage } from './storages.js';
import { findFault } from './tensor-view.js';

/** `(storage, offset, size, stride, requires_grad, hooks, marks)`: only the last changes what the numbers mean. */
const rebuildTensor: Call = ([storage, offset, size, stride, , , marks], cursor) => {
  refuseMarks(marks, cursor);
  const found = wantStorage(storage, cursor);
  if (found.type === 'untyped') throw cursor.fault('a tensor of an untyped storage', 'one with its type');
  return tensorOf(found, found.type, [offset, size, stride], cursor);
};

/** `(storage, offset, size, stride, requires_grad, hooks, dtype, marks)`: of the types that torch has since 2.1. */
const rebuildTyped: Call = ([storage, offset, size, stride, , , type, marks], cursor) => {
  refuseMarks(marks, cursor);
  const found = isGlobal(type) ? elementTypesOfTorch.get(type.name) : undefined;
  if (found === undefined) throw cursor.fault(`a tensor of type ${describe(type)}`, "one of torch's");
  return tensorOf(wantStorage(storage, cursor), found, [offset, size, stride], cursor);
};

/** `(tensor, requires_grad, hooks, …)`. */
const rebuildParameter: Call = ([tensor], cursor) => {
  if (typeof tensor === 'object' && tensor?.kind === 'tensor') return tensor;
  throw cursor.fault(`a parameter of ${describe(tensor)}`, 'a tensor');
};

/** torch's functions that make tensors of storages or tensors, by their dotted names. */
export const rebuilders: ReadonlyMap<string, Call> = new Map([
  ['torch._utils._rebuild_tensor', rebuildTensor],
  ['torch._utils._rebuild_tensor_v2', rebuildTensor],
  ['torch._utils._rebuild_tensor_v3', rebuildTyped],
  ['torch._utils._rebuild_parameter', rebuildParameter],
  ['torch._utils._rebuild_parameter_with_state', rebuildParameter],
  ['torch.nn.parameter.Parameter', rebuildParameter],
]);

/** Views that torch negates or conjugates when it reads them are marked so: their numbers are not those stored. */
function refuseMarks(marks: Value | undefined, cursor: Cursor): void {
  if (marks === undefined || marks === null || (isDict(marks) && marks.entries.size === 0)) return;
  const [mark] = isDict(marks) ? marks.entries.keys() : [marks];
  const hint = 'in Python, call resolve_neg() and resolve_conj() on each, and torch.save them again';
  throw cursor.fault(`a tensor with the mark ${describe(mark)}`, 'one without', hint);
}

function wantStorage(value: Value | undefined, cursor: Cursor): Storage {
  if (typeof value === 'object' && value?.kind === 'storage') return value.storage;
  throw cursor.fault(`a tensor of ${describe(value)}`, 'a storage');
}

function tensorOf(
  storage: Storage,
  type: ElementType,
  [offset, size, stride]: readonly (Value | undefined)[],
  cursor: Cursor,
): Value {
  if (!isCount(offset)) throw cursor.fault(`a tensor from element ${describe(offset)}`, 'a whole number');
  const view = { storage, type, offset, shape: wantCounts(size, cursor), strides: wantCounts(stride, cursor) };
  const fault = findFault(view);
  if (fault !== undefined) throw cursor.fault(`a tensor of ${fault}`, 'one within its storage');
  return { kind: 'tensor', view };
}

function wantCounts(value: Value | undefined, cursor: Cursor): readonly number[] {
  if (!isTuple(value)) throw cursor.fault(`${describe(value)} as sizes`, 'a tuple of whole numbers');
  return value.items.map((item) => {
    if (isCount(item)) return item;
    throw cursor.fault(`${describe(item)} as a size`, 'a whole number');
  });
}

function isCount(value: Value | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
