import fc from 'fast-check';
import { type AxisChoice, axesUpTo, picturesOf, plans, toWindow } from './sizes.js';

/** What both sliding pools are told, on pictures of their own. */
export const poolChoices = fc
  .record({
    channels: fc.integer({ min: 1, max: 9 }),
    rows: axesUpTo(4),
    columns: axesUpTo(5),
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
