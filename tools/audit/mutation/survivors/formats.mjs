// Mutants of the file formats that are right to survive.
import { explain } from './explain.mjs';

const hugeHeader =
  'A gap: only a header of a hundred million bytes gets there, which takes long to make and a gigabyte to hold.';

export const explanations = [
  ...explain(
    'src/npy/parse-npy.ts',
    'npyjs gives a Float32Array for the only type that gets so far: the check is for the compiler.',
    ['if (isFloat32Array(data))', 'from npyjs`'],
  ),
  ...explain('src/npy/other-file.ts', 'There is a way out of whatever is cut short: the rest is for the compiler.', [
    'if (found.isCut)',
  ]),
  {
    file: 'src/npy/parse-npy.ts',
    code: 'hint: dataBytes < wanted',
    replacement: 'dataBytes <= wanted',
    why: 'Where both are equal nothing is refused.',
  },

  ...['if (half < 0x400)', 'if (magnitude < F16_LEAST_NORMAL)'].map((code) => ({
    file: 'src/half.ts',
    code,
    replacement: code.includes('half') ? 'half <= 0x400' : 'magnitude <= F16_LEAST_NORMAL',
    why: 'The least normal number comes out the same by either formula.',
  })),
  ...explain('safetensors/element-types.ts', 'The filter is for the compiler: every key is a type.', [
    '.filter(isSafetensorsDType)',
  ]),
  {
    file: 'safetensors/header.ts',
    code: 'begin < reached',
    replacement: 'begin <= reached',
    why: 'Where both are equal nothing is refused.',
  },
  {
    file: 'decode-floats.ts',
    code: 'Uint16Array.of(1)',
    replacement: 'true',
    why: 'No machine with the other byte order runs these tests.',
  },
  {
    file: 'other-weights.ts',
    code: 'hint === undefined',
    replacement: 'false',
    why: 'An error whose hint is undefined reads like one without.',
  },
  ...explain('safetensors/repeated-key.ts', 'The text is a valid JSON object, in whose lists no string has a colon.', [
    'const open: (Set',
    'if (keys !== undefined',
  ]),
  ...explain('safetensors/repeated-key.ts', 'Behind the end of a text is nothing that it looks for.', [
    'at < text.length',
  ]),
  ...explain(
    'safetensors/repeated-key.ts',
    'JSON that begins with a quote is a string: the check is for the compiler.',
    ["typeof key === 'string'"],
  ),
  ...explain('safetensors/write.ts', hugeHeader, [
    'if (padded.length <= MOST_HEADER_BYTES)',
    "'safetensors header'",
    'padded.length} bytes`',
    'MOST_HEADER_BYTES}`',
  ]),
  {
    file: 'safetensors/write.ts',
    code: 'throw new WeightsError({',
    replacement: '{}',
    why: hugeHeader,
  },
  {
    file: 'safetensors/write.ts',
    code: 'a < b ? -1 : 1',
    replacement: 'a <= b',
    why: 'No two names are equal.',
  },
];
