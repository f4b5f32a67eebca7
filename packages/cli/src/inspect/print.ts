import { coloursFor, type Io } from '../io.js';
import { formatCount } from '../output/numbers.js';
import type { About, Inspection, ListedTensor } from './types.js';

/** Tensors that are printed unless all are asked for: so many of the first, and of the last. */
const first = 12;
const last = 4;

/** For people: what the file is, what it does not say, its tensors. */
export async function printInspection(inspection: Inspection, about: About, all: boolean, io: Io): Promise<void> {
  const { bold } = coloursFor(io.stdout, io);
  const lines = factsOf(inspection, about).filter(([, fact]) => fact !== null && fact !== undefined && fact !== '');
  const width = Math.max(...lines.map(([title]) => title.length));
  for (const [title, fact] of lines) io.stdout.write(`${bold(title.padEnd(width))}  ${oneLine(String(fact))}\n`);
  const { tensors } = inspection;
  if (tensors === null || tensors.length === 0) return;
  const { printTable } = await import('../output/table.js');
  io.stdout.write('\n');
  printTable(
    [{ title: 'tensor' }, { title: 'shape' }, { title: 'dtype' }, { title: 'bytes', align: 'right' }],
    rowsOf(tensors, all),
    io,
  );
}

type Fact = readonly [title: string, fact: string | null | undefined];

function factsOf(inspection: Inspection, { name, bytes, checkpoint, published, way }: About): Fact[] {
  const { file, producer, opset, prefix, container, parameters, tensors, metadata, sha256 } = inspection;
  return [
    ['file', file],
    ['kind', name],
    ['size', `${formatCount(bytes)} bytes`],
    ['published as', published && `${published.title}, licence: ${published.licence}`],
    ['what to do', way],
    ['made by', producer],
    ['opset', opset === null ? null : String(opset)],
    ['container', container === null ? null : `the weights are under '${container}'`],
    ['prefix', prefix === null ? null : `all names begin with '${prefix}', which is left out below`],
    ...(checkpoint === undefined ? [] : networkFacts(inspection, checkpoint)),
    ['parameters', parameters === null ? null : formatCount(parameters)],
    ['tensors', tensors === null || tensors.length === 1 ? null : countTensors(tensors, checkpoint?.source)],
    ...Object.entries(metadata ?? {}).map(([key, text]): Fact => [`metadata ${key}`, shorten(text)]),
    ['sha256', sha256],
  ];
}

function networkFacts(
  { variant, runnerUp, likeness, transformInput, heads }: Inspection,
  checkpoint: NonNullable<About['checkpoint']>,
): Fact[] {
  const { source, classes, channels, input, foldedBatchNorm, foreign, missing, surplus, misshapen } = checkpoint;
  const own: Fact = ['network', foreign === undefined ? null : `of its own: ${foreign}`];
  if (variant === null || likeness === null) return [['variant', 'none: no name is that of a GoogLeNet'], own];
  const share = `${formatFit(likeness.variant)} of the tensors fit`;
  // What is known by its network is no guess.
  const isByPlace = isPlaces(source);
  const next = isByPlace || likeness.runnerUp === null ? '' : `; next ${runnerUp}, ${formatFit(likeness.runnerUp)}`;
  const misfits = [
    [missing.length, 'missing'],
    [surplus.length, 'surplus'],
    [misshapen.length, 'misshapen'],
  ].filter(([count]) => count !== 0);
  return [
    ['variant', `${variant}${foldedBatchNorm ? ', batch norm folded' : ''} (${share}${next})`],
    own,
    ['misfits', misfits.map(([count, word]) => `${count} ${word}`).join(', ')],
    ['heads', heads === true ? 'aux1 and aux2, with `run --outputs aux1,aux2`' : null],
    ['classes', classes === undefined ? null : formatCount(classes)],
    [
      'picture',
      input?.join('×') ??
        `${channels} ${channels === 1 ? 'channel' : 'channels'}, of a size that the file does not say`,
    ],
    ['transform_input', transformInputFact(variant, transformInput)],
  ];
}

function countTensors(tensors: readonly ListedTensor[], source: string | undefined): string {
  if (source === undefined) return formatCount(tensors.length);
  return `${formatCount(tensors.length)}, known by ${isPlaces(source) ? source : `the names of ${source}`}`;
}

/** Whether tensors are known by their places in the file's network, and not by their names. */
function isPlaces(source: string | undefined): boolean {
  return source?.startsWith('an ONNX') === true;
}

/** Rounded down, so that only all is 100 %. */
function formatFit(share: number): string {
  return `${Math.floor(100 * share)} %`;
}

function transformInputFact(variant: string, transformInput: boolean | null): string | null {
  if (variant !== 'torchvision') return null;
  if (transformInput !== null) return transformInput ? 'on' : 'off';
  return "the file does not say: off, unless --transform-input on (torchvision's pretrained weights need it)";
}

function rowsOf(tensors: readonly ListedTensor[], all: boolean): string[][] {
  const isShort = all || tensors.length <= first + last + 1;
  if (isShort) return tensors.map(rowOf);
  const left = tensors.length - first - last;
  return [
    ...tensors.slice(0, first).map(rowOf),
    [`… ${formatCount(left)} more (--all)`, '', '', ''],
    ...tensors.slice(-last).map(rowOf),
  ];
}

function rowOf({ name, shape, dtype, bytes }: ListedTensor): string[] {
  return [oneLine(name), shape.length === 0 ? 'scalar' : shape.join('×'), dtype, formatCount(bytes)];
}

/** Metadata such as a thousand labels. */
function shorten(text: string): string {
  const points = [...text];
  return points.length <= 100 ? text : `${points.slice(0, 100).join('')}… (${formatCount(text.length)} characters)`;
}

/** What a file says may not move the cursor of a terminal. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, '�');
}
