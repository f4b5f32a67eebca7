// Mutants of core's passes that are right to survive.

const lessDone =
  'The pass leaves something undone that it might do: more work, the same numbers. Snapshots in `packages/core/test/passes` notice.';
const alwaysThere =
  '`readersOf` has an entry for every node, and a node that is read exists: what `?.` guards against never happens, and the compiler cannot know.';
const name = 'The name of a pass stands in error messages alone.';
const sameActivation = 'Anything but `relu` is no activation.';

export const explanations = [
  ...['delay-activation', 'drop-no-ops', 'fold-batch-norm', 'fuse-activation'].map((pass) => ({
    file: `passes/${pass}.ts`,
    code: `name: '${pass}'`,
    why: name,
  })),
  { file: 'passes/default-passes.ts', code: 'defaultPasses', why: lessDone },

  {
    file: 'passes/delay-activation.ts',
    code: 'const alone =',
    replacement: 'readers.get(name).length',
    why: alwaysThere,
  },
  { file: 'passes/delay-activation.ts', code: 'const reader =', replacement: 'readers.get(name)[0]', why: alwaysThere },
  {
    file: 'passes/delay-activation.ts',
    code: 'const reader =',
    replacement: 'false',
    why: 'A pool or a concat has an epilogue only where all that it reads leave theirs, so asking both is asking once.',
  },
  {
    file: 'passes/delay-activation.ts',
    code: 'const parts =',
    why: 'A part that leaves nothing is unlike any other, whatever stands for it: the next line refuses.',
  },
  {
    file: 'passes/delay-activation.ts',
    code: 'const relu = parts.some',
    why: 'Where parts differ the next line refuses, whichever of them is taken as the pattern; where that is taken for none, less is done.',
  },
  { file: 'passes/delay-activation.ts', code: "activation: 'none'", replacement: '""', why: sameActivation },
  ...[
    'if (found === undefined)',
    'const leave = ',
    'const alone =',
    'for (const node of graph.nodes)',
    'if (epilogue !== undefined)',
    '[...epilogues]',
    'return [name, { epilogue',
    'function epilogueOf',
    "if (node.op === 'conv2d') {",
    'return bias === undefined',
    "if (commutes === 'no')",
    "if (commutes === 'perChannel')",
    'if (parts.length <',
  ].map((code) => ({ file: 'passes/delay-activation.ts', code, why: lessDone })),

  { file: 'passes/drop-no-ops.ts', code: "case 'never':", why: '`undefined` is as good as `false` here.' },
  ...['if (givesBack(node', 'function givesBack', "case '", 'return true', 'inputs.length === 1'].map((code) => ({
    file: 'passes/drop-no-ops.ts',
    code,
    why: lessDone,
  })),

  {
    file: 'passes/drop-unread.ts',
    code: "op !== 'parameter'",
    replacement: 'readers.get(name).length',
    why: alwaysThere,
  },
  {
    file: 'passes/drop-unread.ts',
    code: '',
    why: 'Nodes or weights that nobody reads stay, or go: what is read and what is asked for stays the same. `test/passes` and `unread-weights.test.ts` of core notice.',
  },

  {
    file: 'passes/fold-batch-norm.ts',
    code: 'const alone =',
    replacement: 'readers.get(node.inputs[0]).length',
    why: alwaysThere,
  },
  { file: 'passes/fold-batch-norm.ts', code: "conv?.op !== 'conv2d'", replacement: 'conv.op', why: alwaysThere },
  ...["conv?.op !== 'conv2d' && conv.attributes.activation !== 'none'", 'false'].map((replacement) => ({
    file: 'passes/fold-batch-norm.ts',
    code: "conv?.op !== 'conv2d'",
    replacement,
    why: 'A linear layer folds by the same formula, and no other op says that it has no activation. An activated convolution before a batchNorm is nothing that `LayerBuilder` makes before relus are fused; `test/passes/fold-batch-norm.test.ts` has one.',
  })),
  ...["if (node.op !== 'batchNorm')", 'const alone =', "conv?.op !== 'conv2d'", 'nodes.filter('].map((code) => ({
    file: 'passes/fold-batch-norm.ts',
    code,
    why: lessDone,
  })),

  ...['readers.get(node.name)[0]', 'readers.get(node.name).length', 'reader.op'].map((replacement) => ({
    file: 'passes/fuse-activation.ts',
    code: 'reader',
    replacement,
    why: alwaysThere,
  })),
  {
    file: 'passes/fuse-activation.ts',
    code: 'if (fusible && reader !== undefined)',
    replacement: 'true',
    why: '`fusible` says already that there is a reader.',
  },
  {
    file: 'passes/fuse-activation.ts',
    code: 'takesActivation(node)',
    replacement: 'true',
    why: 'No other op has an activation, and a second relu on what is activated changes nothing.',
  },
  { file: 'passes/fuse-activation.ts', code: '', why: lessDone },
];
