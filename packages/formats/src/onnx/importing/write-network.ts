import { InputError, LayerBuilder, type SymbolicShape, type Tensor, UnsupportedError, type Value } from '@strata/core';
import { quoteName } from '../../quote-name.js';
import { foldNode } from '../folding/fold-node.js';
import { type Known, knownOf } from '../folding/known.js';
import { fuserTable } from '../fusing/fuser-table.js';
import { splitForms } from '../fusing/split.js';
import type { Before, Form } from '../fusing/types.js';
import { importerTable } from '../importers/importer-table.js';
import type { OnnxFile, OnnxFileNode, OnnxTensor } from '../opening/types.js';
import { importNode } from '../reading/import-node.js';
import { hasInput } from '../reading/inputs.js';
import { checkSizes } from './check-sizes.js';
import { Naming, type Restored } from './naming.js';
import { pruneGraph } from './prune-graph.js';
import { type Refusal, refusalOf } from './refusals.js';

/** Elements that all folded constants of a file may have together. */
const mostFolded = 2 ** 23;

/** Turns the nodes of a file into layers, one by one, each behind those that it reads. */
export class NetworkWriter {
  readonly #layers = new LayerBuilder();
  readonly #bound = new Map<string, Tensor>();
  /** The name of the constant that a tensor is, unchanged. */
  readonly #origins = new Map<Tensor, string>();
  readonly #naming: Naming;
  readonly #known = new Map<string, Known>();
  readonly #firstNames = new Map<Known, string>();
  readonly #values = new Map<string, Value>();
  readonly #makers = new Map<string, OnnxFileNode>();
  readonly #refusals = new Map<string, Refusal>();
  /** For each value, what it was made of, or would have been. */
  readonly #sources = new Map<string, readonly string[]>();
  readonly #before: Before;
  #left = mostFolded;

  constructor(
    { constants, inputs }: Pick<OnnxFile, 'constants' | 'inputs'>,
    nodes: readonly OnnxFileNode[],
    batch?: string,
  ) {
    this.#before = {
      makerOf: (name) => this.#makers.get(name),
      knownOf: (name) => this.#known.get(name),
      shapeOf: (name) => this.shapeOf(name),
      ...(batch === undefined ? {} : { batch }),
    };
    this.#naming = new Naming([...inputs.map(({ name }) => name), ...nodes.flatMap(({ outputs }) => outputs)]);
    const same = new Map<OnnxTensor, Known>();
    for (const [name, stored] of constants) {
      const known = same.get(stored) ?? knownOf(stored, name);
      // Initialisers come first, before what Identity and Cast make of them.
      if (!same.has(stored)) this.#firstNames.set(known, name);
      same.set(stored, known);
      this.#known.set(name, known);
    }
    for (const node of nodes) for (const output of node.outputs) this.#makers.set(output, node);
  }

  /** A float32 input of the network. */
  input(name: string, shape: SymbolicShape, typical?: readonly number[]): void {
    this.#attempt({ name, op: 'input', output: name }, [], () => {
      const layer = this.#naming.layerOf(name);
      this.#values.set(name, this.#layers.input(layer, shape, typical && { typical }));
    });
  }

  /** An input that the network cannot have; that matters where an output needs it. */
  refuseInput(name: string, reason: string): void {
    this.#refusals.set(name, { name, op: 'input', reason });
  }

  node(node: OnnxFileNode): void {
    this.#attempt(node, node.inputs, () => {
      for (const form of splitForms(node, this.#before) ?? [node]) this.#node(form);
    });
    const refusal = this.#refusals.get(node.output);
    for (const other of node.outputs.slice(1)) {
      if (refusal !== undefined && !this.#values.has(other)) this.#refusals.set(other, refusal);
    }
  }

  #node(node: Form): void {
    for (const output of node.outputs) this.#sources.set(output, node.inputs);
    if (sourcesOf(node).some((name) => this.#isLost(name)) && !fuserTable.has(node.op)) return;
    for (const other of node.outputs.slice(1)) {
      const { name, op } = node;
      this.#refusals.set(other, { name, op, reason: `its output ${quoteName(other)}, which no layer gives, is read` });
    }
    if (node.output === '') return;
    this.#attempt(node, node.inputs, () => {
      const folded = foldNode(node, { ...this.#before, charge: (elements) => this.#charge(node.name, elements) });
      if (folded !== undefined) {
        this.#known.set(node.output, folded);
        return;
      }
      const form = fuserTable.get(node.op)?.(node, this.#before) ?? node;
      const sources = sourcesOf(form);
      this.#sources.set(node.output, sources);
      if (sources.some((name) => this.#isLost(name))) return;
      this.#values.set(node.output, this.#import(form));
    });
  }

  /** The value of an output; `undefined` where it, or what it needs, was refused. */
  output(name: string): Value | undefined {
    if (!this.#known.has(name)) return this.#values.get(name);
    let found: Value | undefined;
    this.#attempt({ name, op: 'output', output: name }, [], () => {
      // Under the output's own name, which the constant need not have.
      found = this.#layers.dropout(this.#naming.layerOf(name), this.#valueOf(name, name), { rate: 0 });
    });
    return found;
  }

  /** All that was refused and that these values need, in the order of the nodes. */
  refusalsOf(names: readonly string[]): readonly Refusal[] {
    const needed = new Set<string>();
    const stack = [...names];
    for (let name = stack.pop(); name !== undefined; name = stack.pop()) {
      if (needed.has(name)) continue;
      needed.add(name);
      if (!this.#refusals.has(name)) stack.push(...(this.#sources.get(name) ?? []));
    }
    return [...new Set([...this.#refusals].flatMap(([name, refusal]) => (needed.has(name) ? [refusal] : [])))];
  }

  /** The shape of a value. */
  shapeOf(name: string): SymbolicShape | undefined {
    return this.#values.get(name)?.shape ?? this.#known.get(name)?.shape;
  }

  /** The network that gives these values, without what they do not need, under the file's names. */
  finish(outputs: readonly Value[]): Restored {
    return this.#naming.restore(pruneGraph(this.#layers.build(outputs)), this.#bound, this.#origins);
  }

  #attempt(
    part: { readonly name: string; readonly op: string; readonly output: string },
    sources: readonly string[],
    make: () => void,
  ): void {
    this.#sources.set(part.output, sources);
    try {
      make();
    } catch (error) {
      this.#refusals.set(part.output, refusalOf(part, error));
    }
  }

  /** Whether a value has neither layer nor constant, for it or what it needs was refused. */
  #isLost(name: string): boolean {
    return name !== '' && !this.#values.has(name) && !this.#known.has(name);
  }

  #import(form: Form): Value {
    if (!Object.hasOwn(importerTable, form.op)) {
      throw new UnsupportedError({ where: form.name, got: 'an operator that no layer stands for' });
    }
    const value = importNode({
      node: { ...form, output: this.#naming.layerOf(form.output) },
      layers: this.#layers,
      valueAt: (position) => this.#valueAt(form, position),
      constantAt: (position) => this.#constantAt(form, position),
      bind: (parameter, tensor) => this.#bound.set(parameter, tensor),
    });
    checkSizes(form.name, value.shape);
    return value;
  }

  #valueAt(form: Form, position: number): Value {
    const given = form.known?.get(position);
    return given === undefined
      ? this.#valueOf(this.#nameAt(form, position), form.name)
      : this.#parameter(`${form.output}:${position}`, given.tensor());
  }

  /** The layer of a value, which is a parameter where the value is known. */
  #valueOf(name: string, reader: string): Value {
    const value = this.#values.get(name);
    if (value !== undefined) return value;
    const known = this.#known.get(name);
    if (known?.kind !== 'floats') {
      throw new InputError({ where: reader, got: `whole numbers (${name})`, want: 'float32' });
    }
    const parameter = this.#parameter(name, this.#tensorOf(name, known));
    this.#values.set(name, parameter);
    return parameter;
  }

  #parameter(name: string, tensor: Tensor): Value {
    const parameter = this.#layers.parameter(this.#naming.parameterOf(name), tensor.shape);
    this.#bound.set(parameter.name, tensor);
    return parameter;
  }

  #constantAt(form: Form, position: number): Tensor {
    const given = form.known?.get(position);
    if (given !== undefined) return given.tensor();
    const name = this.#nameAt(form, position);
    const known = this.#known.get(name);
    if (known !== undefined) return this.#tensorOf(name, known);
    throw new InputError({ where: form.name, got: `input ${position} computed at run time`, want: 'a constant' });
  }

  #tensorOf(name: string, known: Known): Tensor {
    const tensor = known.tensor();
    if (!this.#origins.has(tensor)) this.#origins.set(tensor, this.#firstNames.get(known) ?? name);
    return tensor;
  }

  #nameAt(form: Form, position: number): string {
    if (hasInput(form, position)) return form.inputs[position];
    throw new InputError({ where: form.name, got: `no input ${position}`, want: `one, as ${form.op} has` });
  }

  #charge(where: string, elements: number): void {
    this.#left -= elements;
    if (this.#left >= 0) return;
    throw new UnsupportedError({
      where,
      got: 'larger constants than weights are',
      want: `at most ${mostFolded} elements`,
    });
  }
}

/** The values of the file that a form reads. */
function sourcesOf({ inputs, known }: Form): readonly string[] {
  return inputs.filter((_, position) => known?.has(position) !== true);
}
