import { type Rate, shareOf } from './evaluate.js';
import type { Speed } from './speed.js';

/** A share of unusual pictures that must not be higher, or lower. */
export interface Goal {
  readonly rate: Rate;
  readonly most?: number;
  readonly least?: number;
}

/** The page as Markdown. */
export function formatPage(goals: readonly Goal[], kinds: readonly Rate[], speeds: ReadonlyMap<string, Speed>): string {
  return `# Unusual pictures

\`npm run unusual -- [FOLDER]\` asks how well \`classify\` knows pictures that are unlike what the shipped weights were trained on. A picture is unusual when its score is above 0.5; what the score is stands in [packages/googlenet](../../packages/googlenet/README.md). FOLDER holds the Fashion-MNIST files; without one they are downloaded. Test pictures are those of the split that the weights were not trained on. "As photos" are the same pictures enlarged in a colour before light or dark paper, with margins, grain and shadow; pictures without a garment are drawn by code, ${kinds.length} kinds of them. The threshold was set on training pictures, as they are and as photos. How the two parts of the score are weighed was chosen on these kinds but the \`strangers\`, which were drawn afterwards. "Refused" are pictures in which pre-processing finds nothing before the background; they are in no rate.

It is no detector of wrong answers: a clear garment may get a wrong label without being unusual, and drawings of garments, and garments tilted by less than a quarter, are flagged in part.

${formatTable(
  ['pictures', 'judged', 'refused', 'unusual', 'wanted', 'reached'],
  goals.map((goal) => [
    goal.rate.name,
    String(goal.rate.count),
    String(goal.rate.refused),
    percent(shareOf(goal.rate)),
    wanted(goal),
    isReached(goal) ? 'yes' : 'no',
  ]),
)}

## Pictures without a garment, by kind

${formatTable(
  ['kind', 'judged', 'refused', 'unusual'],
  kinds.map((rate) => [
    rate.name,
    String(rate.count),
    String(rate.refused),
    rate.count === 0 ? '–' : percent(shareOf(rate)),
  ]),
)}

## Time

Median of \`classify\` for one ready 96×96 picture, with the statistics and without, in turns, Node ${process.versions.node}:

${formatTable(
  ['device', 'with, ms', 'without, ms', 'ratio'],
  [...speeds].map(([name, { withMs, withoutMs }]) => [
    name,
    withMs.toFixed(2),
    withoutMs.toFixed(2),
    (withMs / withoutMs).toFixed(3),
  ]),
)}
`;
}

export function isReached({ rate, most = 1, least = 0 }: Goal): boolean {
  return shareOf(rate) <= most && shareOf(rate) >= least;
}

function wanted({ most, least }: Goal): string {
  if (most === 0) return 'none';
  return most === undefined ? `at least ${percent(least ?? 0)}` : `at most ${percent(most)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** A Markdown table with columns as wide as their widest cell. */
function formatTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = titles.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column])].map((cell) => cell.length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(titles), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
