import fc from 'fast-check';
import { type AxisChoice, axesUpTo, picturesOf, plans, refit, toWindow } from './sizes.js';

/** Windows too wide for their elements to be written out: kernels of our own go through them in rounds. */
const wideAxes = axesUpTo(5).map((axis) => refit(axis, 50 + axis.window, 3));

/** What both sliding pools are told, on pictures of their own. */
export const poolChoices = fc
  .record({
    channels: fc.integer({ min: 1, max: 9 }),
    rows: axesUpTo(4),
    columns: fc.oneof({ arbitrary: axesUpTo(5), weight: 7 }, { arbitrary: wideAxes, weight: 1 }),
    bare: fc.constantFrom(true, false, false),
    rounding: fc.constantFrom('floor' as const, 'ceil' as const),
    plan: plans,
  })
  .map(({ channels, rows, columns, bare, rounding, plan }) => {
    const [down, across] = bare ? [strip(rows), strip(columns)] : [rows, columns];
    return {
      pictures: picturesOf(plan, { channels, height: down.size, width: across.size }),
      options: { ...toWindow(down, across), rounding },
    };
  });

/** The same windows where pixels take the padding's place. */
function strip(axis: AxisChoice): AxisChoice {
  return { ...axis, before: 0, after: 0, size: axis.size + axis.before + axis.after };
}
