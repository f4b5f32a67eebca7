import { InputError, type Tensor } from '@strata/core';

/** A value that is not finite as float32, and where it stands. */
export interface Flaw {
  readonly value: number;
  /** One index an axis. */
  readonly position: readonly number[];
}

/** The first value of a tensor that is NaN, infinite, or too large for float32; `undefined` when there is none. */
export function findFlaw({ data, shape }: Tensor): Flaw | undefined {
  const index = data.findIndex((value) => !Number.isFinite(Math.fround(value)));
  return index < 0 ? undefined : { value: data[index], position: positionOf(index, shape) };
}

/** `InputError` at `where` for a tensor with a value that is not finite. */
export function checkFinite(picture: Tensor, where: string): void {
  const flaw = findFlaw(picture);
  if (flaw !== undefined) throw new InputError({ where, got: describeFlaw(flaw), want: 'finite float32 values' });
}

/** For example `NaN at [0,5,20]`. */
export function describeFlaw({ value, position }: Flaw): string {
  return `${value} at [${position.join(',')}]`;
}

function positionOf(index: number, shape: readonly number[]): readonly number[] {
  let rest = index;
  return shape
    .toReversed()
    .map((size) => {
      const at = rest % size;
      rest = Math.floor(rest / size);
      return at;
    })
    .toReversed();
}
