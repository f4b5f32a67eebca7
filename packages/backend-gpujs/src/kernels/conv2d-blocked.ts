import { describeNode, type NodeOf } from '@strata/core';
import { readConv2d } from './conv2d-parts.js';
import { at, int, loop, quotient } from './source.js';
import type { PlanWriter, Value } from './types.js';

/** With shorter sums the array that a thread returns and the second kernel cost more than blocks gain. */
const LEAST_TERMS = 384;

/** Whether blocks are possible and worth it: both filters of a pair must read the same channels. */
export function suitsBlocks({ attributes }: NodeOf<'conv2d'>, weights: Value, { style }: PlanWriter): boolean {
  const [filters, inPerGroup, rows, columns] = weights.shape;
  const { groups } = attributes;
  const area = rows * columns;
  const paired = groups === 1 || (filters / groups) % 2 === 0;
  return style.blocks && paired && area <= style.unroll && inPerGroup * area >= LEAST_TERMS;
}

/**
 * Two filters at two neighbouring columns in each thread: every element that is read is used twice, which halves the
 * loads. A thread returns four numbers, and a second kernel puts them into rows. Only mode cpu hands such values on.
 */
export function lowerInBlocks(node: NodeOf<'conv2d'>, plan: PlanWriter): Value {
  const where = describeNode(node);
  const { stride, groups, activation } = node.attributes;
  // An odd last column is computed beside one that is thrown away.
  const { x, weights, bias, shape, axes } = readConv2d(node, plan, 2);
  const [batch, filters, rows, columns] = shape;
  const [, channels, height, width] = x.shape;
  const pairs = Math.ceil(filters / 2);
  const halves = Math.ceil(columns / 2);
  const terms = weights.length / filters;
  const inPerGroup = channels / groups;
  const name = node.name;
  const blocks = plan.call(where, {
    shape: [batch, pairs, rows, halves],
    extent: { planes: batch * pairs, rows, columns: halves },
    reads: { x },
    constants: {
      w: plan.derive(`${name}: weights in pairs`, () => inPairs(weights, filters, terms)),
      b: plan.derive(`${name}: bias in pairs`, () => inPairs(bias ?? new Float32Array(filters), filters, 1)),
    },
    body: (names) => `
      ${int('n', batch === 1 ? '0' : quotient('plane', pairs))}
      ${int('pair', batch === 1 ? 'plane' : `plane - n * ${pairs}`)}
      ${int('channel', groups === 1 ? '0' : quotient('pair', pairs / groups))}
      channel = n * ${channels} + channel * ${inPerGroup};
      ${int('xi', `channel * ${height * width} + row * ${stride[0] * width} + column * ${2 * stride[1]}`)}
      ${int('wi', `pair * ${2 * terms}`)}
      let a = this.constants.b[pair * 2];
      let b = this.constants.b[pair * 2 + 1];
      let c = a;
      let d = b;
      ${sumBlocks(names.x, axes, stride[1])}
      return [${['a', 'b', 'c', 'd'].map((sum) => (activation === 'relu' ? `Math.max(${sum}, 0.0)` : sum)).join(', ')}];`,
  });
  return plan.call(`${where}: from blocks`, {
    shape,
    extent: { planes: batch * filters, rows, columns },
    reads: { blocks },
    body: (names) => `
      ${int('n', batch === 1 ? '0' : quotient('plane', filters))}
      ${int('o', `plane - n * ${filters}`)}
      ${int('pair', quotient('o', 2))}
      ${int('half', quotient('column', 2))}
      return ${names.blocks}[((n * ${pairs} + pair) * ${rows} + row) * ${halves} + half][(column - half * 2) * 2 + o - pair * 2];`,
  });
}

/** Term by term the weights of two filters beside each other; a last filter without a partner gets zeros. */
function inPairs(weights: Float32Array, filters: number, terms: number): Float32Array {
  const paired = new Float32Array(Math.ceil(filters / 2) * 2 * terms);
  for (let filter = 0; filter < filters; filter++) {
    const pair = Math.floor(filter / 2);
    for (let term = 0; term < terms; term++) {
      paired[(pair * terms + term) * 2 + (filter % 2)] = weights[filter * terms + term];
    }
  }
  return paired;
}

/** One product of each sum: where it reads. */
interface Term {
  readonly x: number;
  readonly weights: number;
}

/** Channels in one round of a 1 × 1 convolution. */
const CHANNELS = 4;

function sumBlocks(x: string, axes: ReturnType<typeof readConv2d>['axes'], stride: number): string {
  const [channels, rows, columns] = axes;
  const window = range(rows.count).flatMap((u) =>
    range(columns.count).map((v) => ({ x: u * rows.inX + v * columns.inX, weights: u * rows.inWeights + v })),
  );
  const perRound = window.length === 1 ? CHANNELS : 1;
  const rounds = Math.floor(channels.count / perRound);
  const left = channels.count - rounds * perRound;
  const termsOf = (count: number): Term[] =>
    range(count).flatMap((i) =>
      window.map((term) => ({ x: term.x + i * channels.inX, weights: term.weights + i * channels.inWeights })),
    );
  return [
    loop(
      'i',
      rounds,
      `${writeTerms(x, termsOf(perRound), stride, 'r')}
       xi += ${perRound * channels.inX};
       wi += ${2 * perRound * channels.inWeights};`,
    ),
    writeTerms(x, termsOf(left), stride, 'l'),
  ].join('\n');
}

/** Reads each element and each weight once and adds its four products. `prefix` keeps names apart. */
function writeTerms(x: string, terms: readonly Term[], stride: number, prefix: string): string {
  const read = new Map<number, string>();
  const lines: string[] = [];
  const element = (offset: number): string => {
    const found = read.get(offset);
    if (found !== undefined) return found;
    const name = `${prefix}x${read.size}`;
    read.set(offset, name);
    lines.push(`const ${name} = ${at(x, 'xi', offset)};`);
    return name;
  };
  for (const [index, term] of terms.entries()) {
    const [first, second] = [element(term.x), element(term.x + stride)];
    const [p, q] = [`${prefix}p${index}`, `${prefix}q${index}`];
    lines.push(
      `const ${p} = ${at('this.constants.w', 'wi', 2 * term.weights)};`,
      `const ${q} = ${at('this.constants.w', 'wi', 2 * term.weights + 1)};`,
      `a += ${first} * ${p}; b += ${first} * ${q}; c += ${second} * ${p}; d += ${second} * ${q};`,
    );
  }
  return lines.join('\n');
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
