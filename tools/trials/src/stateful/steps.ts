import fc from 'fast-check';
import { type NetworkChoice, pictureShapes } from './networks.js';

/** Where the numbers of a tensor lie that a program hands over. */
export type Given = 'alone' | 'view' | 'shared';

/** What a program does with a backend, one call after another. A number that names what is not there names another. */
export type Step =
  | ({ readonly do: 'compile'; readonly on: number; readonly seed: number; readonly given: Given } & NetworkChoice)
  /** Starts a run for each of these shapes of pictures, waits for none, and overwrites what it gave. */
  | {
      readonly do: 'run';
      readonly which: number;
      readonly shapes: readonly number[];
      readonly seed: number;
      readonly given: Given;
    }
  /** Starts a run and aborts it some milliseconds later. */
  | {
      readonly do: 'abort';
      readonly which: number;
      readonly shape: number;
      readonly seed: number;
      readonly after: number;
    }
  /** Compiles and aborts that. */
  | ({ readonly do: 'give up'; readonly on: number; readonly after: number } & NetworkChoice)
  /** Waits for all runs, judges them and overwrites what they gave. */
  | { readonly do: 'wait' }
  /** Disposes of a network, also while it runs. */
  | { readonly do: 'dispose'; readonly which: number }
  /** Opens another backend beside the first. */
  | { readonly do: 'open' }
  /** Disposes of the last one opened so, with all that is on it. */
  | { readonly do: 'close' }
  /** Loses all devices, or one, some milliseconds later; only where something can take them away. */
  | { readonly do: 'lose'; readonly which: number; readonly after: number };

const few = fc.nat({ max: 5 });
const seed = fc.nat({ max: 999 });
const after = fc.nat({ max: 3 });
const given = fc.constantFrom<Given[]>('alone', 'view', 'shared');
const choice = { network: fc.nat({ max: 2 }), twist: fc.nat({ max: 60 }), outputs: fc.nat({ max: 2 ** 20 }) };
const maybeOwn = {
  ...choice,
  outputs: fc.oneof(fc.constant(0), choice.outputs),
  twist: fc.oneof(fc.constant(0), choice.twist),
};

const compile = fc.record({ do: fc.constant('compile' as const), on: few, seed, given, ...maybeOwn });
/** Mostly a few, so that some come again: two of one area, and one of them in another batch. */
const shape = fc.oneof(
  { arbitrary: fc.constantFrom(0, 1, pictureShapes / 3), weight: 3 },
  { arbitrary: fc.nat({ max: pictureShapes - 1 }), weight: 2 },
);
const run = fc.record({
  do: fc.constant('run' as const),
  which: few,
  shapes: fc.array(shape, { minLength: 1, maxLength: 9 }),
  seed,
  given,
});
const wait = fc.constant({ do: 'wait' } as const);

type Draw = { readonly arbitrary: fc.Arbitrary<Step>; readonly weight: number };

const common: readonly Draw[] = [
  { arbitrary: compile, weight: 3 },
  { arbitrary: run, weight: 10 },
  { arbitrary: fc.record({ do: fc.constant('abort' as const), which: few, shape, seed, after }), weight: 2 },
  { arbitrary: fc.record({ do: fc.constant('give up' as const), on: few, after, ...maybeOwn }), weight: 1 },
  { arbitrary: wait, weight: 3 },
  { arbitrary: fc.record({ do: fc.constant('dispose' as const), which: few }), weight: 2 },
  { arbitrary: fc.constant({ do: 'open' } as const), weight: 1 },
  { arbitrary: fc.constant({ do: 'close' } as const), weight: 1 },
];

/** Half of them of all devices at once, as when a driver starts anew. */
const lose: Draw = {
  arbitrary: fc.record({ do: fc.constant('lose' as const), which: fc.oneof(fc.constant(0), few), after }),
  weight: 5,
};

/**
 * Programs: each compiles something first, and what it still awaits at its end is judged too. Devices are lost in them
 * where `canLose`.
 */
export function drawPrograms(canLose: boolean): fc.Arbitrary<readonly Step[]> {
  const step = fc.oneof(...common, ...(canLose ? [lose] : []));
  return fc.tuple(compile, fc.array(step, { minLength: 1, maxLength: 24 })).map(([first, rest]) => [first, ...rest]);
}
