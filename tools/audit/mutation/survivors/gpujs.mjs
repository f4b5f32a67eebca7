// Mutants of the lowerings and kernels for gpu.js that are right to survive.
import { explain } from './explain.mjs';

const joined = 'Axes are joined so that a kernel has less to do: one by one, they lead to the same elements.';
const blocks = 'Which convolutions are computed in blocks. The others give the same sums, one by one.';
const wider = 'More zeros around the picture than any window reaches.';
const beyond =
  'One round too many writes where the next round writes after it, or behind the array’s end, which a typed array ignores.';
const known =
  'What a kernel need not compute because it is known: it comes out the same when computed. Kernels are shorter so.';
const shapeUnread = 'A value between the kernels of one op: it is read by flat index, and nobody asks for its shape.';
const label = 'Names a kernel in error messages.';
const texts = 'Spacing and names in the text of a kernel.';
const cube =
  'Only GPUs lay threads over a cube: the suite runs on them, but not these mutants, and so does `webgpu.test.ts`.';
const millions = 'Only outputs of millions of elements meet these limits, which no trial has: `grid.test.ts` notices.';
const unrolled = 'Whether terms are written out or visited in a loop: the same terms.';

export const explanations = [
  ...explain('backend-gpujs/src/kernels/broadcast.ts', 'Equal shapes may go the way of all others, axis by axis.', [
    'if (sameShape(',
  ]),
  ...explain('backend-gpujs/src/kernels/broadcast.ts', joined, [
    'if (size === 1)',
    'outer.inA === size',
    'joined[joined.length - 1] =',
  ]),
  {
    file: 'backend-gpujs/src/kernels/broadcast.ts',
    code: 'joined.at(-1)',
    why: `${joined} With one axis so far none is joined now; with more, the second is the last one, or no neighbour: what lies between moves in one of the inputs.`,
  },

  ...explain('backend-gpujs/src/lowerings/concat.ts', known, ['inputs.length === 1', 'outer === 1']),
  ...explain('backend-gpujs/src/lowerings/concat.ts', 'The last `else` asks what is true by then.', [
    'if (i === lengths.length - 1)',
  ]),
  {
    file: 'backend-gpujs/src/lowerings/concat.ts',
    code: 'if (groups.length === 1)',
    why: 'Only GPUs limit how many arrays a kernel reads: `gpujs-concat-many` is a planted fault for them.',
  },

  ...explain('kernels/conv2d-blocked.ts', 'A longer array than is filled.', ['const paired = new Float32Array']),
  ...explain('kernels/conv2d-blocked.ts', blocks, [
    'export function suitsBlocks',
    'const area =',
    'const paired =',
    'return style.blocks',
  ]),
  ...explain('kernels/conv2d-blocked.ts', 'More threads than are read from.', ['const halves =']),
  ...explain('kernels/conv2d-blocked.ts', shapeUnread, ['shape: [batch, pairs, rows, halves]']),
  ...explain(
    'kernels/conv2d-blocked.ts',
    'All convolutions in blocks share one array of weights. A trial has one of them; GoogLeNet in `goldens.test.ts` has many, and notices.',
    ['weights in pairs', 'bias in pairs'],
  ),
  ...explain('kernels/conv2d-blocked.ts', known, ['batch === 1', 'groups === 1']),
  ...explain('kernels/conv2d-blocked.ts', label, [': from blocks']),
  ...explain('kernels/conv2d-blocked.ts', beyond, ['filter < filters', 'term < terms']),
  ...explain('kernels/conv2d-blocked.ts', 'How many channels a round takes: the same products, in the same order.', [
    'const perRound =',
  ]),
  {
    file: 'kernels/conv2d-blocked.ts',
    code: 'i * channels.inWeights',
    why: 'Several channels in a round are those of a 1 × 1 window, whose weights lie one element apart.',
  },
  ...explain('kernels/conv2d-blocked.ts', texts, ["stride, 'r')", "stride, 'l')", "join('\\n')"]),

  ...explain('kernels/conv2d-parts.ts', wider, ['Math.ceil(columns / columnsAtOnce)']),
  ...explain('backend-gpujs/src/lowerings/conv2d.ts', blocks, ['if (suitsBlocks(']),
  ...explain('backend-gpujs/src/lowerings/conv2d.ts', known, ['batch === 1', 'groups === 1']),

  ...explain('kernels/grid.ts', millions, [
    'const area = rows * columns;',
    'const divisible =',
    'flat: planes',
    'image: area',
    'cube: columns',
    'if (kind !== undefined)',
    'throw new UnsupportedError',
    'got: `',
    'want: `',
    "hint: '",
  ]),
  ...explain('kernels/grid.ts', cube, [
    'cube: (',
    'output: [columns, rows, planes]',
    'prelude: declare([',
    "['column', 'this",
    "['row', 'this",
    "['plane', 'this.thread.z']",
    "['pixel', `row *",
    "['at', `plane *",
  ]),
  ...explain('kernels/grid.ts', known, [
    "['plane', planes === 1",
    "['pixel', planes === 1",
    "['row', rows",
    "['column', rows",
  ]),
  ...explain('kernels/grid.ts', 'Declares what nobody reads.', ['if (new RegExp(']),

  ...explain(
    'backend-gpujs/src/lowerings/lrn.ts',
    'More rounds than the window has channels: the kernel leaves out what lies behind its last one.',
    ['Math.min(size, channels)'],
  ),
  ...explain('backend-gpujs/src/lowerings/lrn.ts', 'The general power gives the same, less exactly on GPUs.', [
    'if (beta ===',
  ]),

  ...explain(
    'backend-gpujs/src/lowerings/max-pool2d.ts',
    'Tables lead to the elements of any window, also where every window lies inside the picture.',
    ['const inside = [down, across]'],
  ),
  ...explain('backend-gpujs/src/lowerings/max-pool2d.ts', beyond, ['w < windows', 'i < window']),
  ...explain('backend-gpujs/src/lowerings/max-pool2d.ts', unrolled, ['if (rows * columns <= style.unroll)']),
  ...explain('backend-gpujs/src/lowerings/max-pool2d.ts', texts, ["cells.join(' ')", "join('\\n')"]),

  ...explain('kernels/pad.ts', 'Padding by nothing copies the picture.', ['if (top === 0']),
  ...explain('kernels/pad.ts', label, ['}: padding`']),
  ...explain('kernels/pad.ts', wider, ['return (windows - 1) * stride']),

  ...explain(
    'kernels/shapes.ts',
    'How an extent is split over rows and planes: the same elements in the same order. `grid.test.ts` notices.',
    ['while (axis > 0'],
  ),
  ...explain('backend-gpujs/src/lowerings/softmax.ts', shapeUnread, ['shape: [outer, inner]']),
  ...explain('kernels/source.ts', known, ['b === 1', 'offset === 0']),

  ...explain('kernels/sum-of-products.ts', 'Running sums that nothing is added to.', [
    'const sums = Math.min(',
    'length: sums - 1',
  ]),
  ...explain('kernels/sum-of-products.ts', texts, ["join('\\n')"]),
  ...explain('kernels/sum-of-products.ts', unrolled, [
    'if (terms <= writing.unroll)',
    'if (inner.length === 0)',
    'Math.min(writing.unroll, CHUNK)',
  ]),
  ...explain('kernels/sum-of-products.ts', joined, [
    'axes.filter(',
    'merged.at(-1)',
    'outer.inX === axis.count',
    'merged[merged.length - 1] =',
  ]),
  ...explain('kernels/sum-of-products.ts', 'Another way to write the same step of an index, or one of nothing.', [
    'if (step === 0)',
    'return step > 0',
  ]),
  {
    file: 'kernels/sum-of-products.ts',
    code: '* inWeights',
    why: 'The last axis alone is taken in rounds, and its weights lie one element apart; an average pool has none.',
  },
  {
    file: 'kernels/sum-of-products.ts',
    code: "advance('wi', inWeights)",
    replacement: 'false',
    why: 'Without weights an axis moves nothing in them.',
  },
];
