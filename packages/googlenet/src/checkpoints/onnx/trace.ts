import type { OnnxFileNode, OnnxNetwork, OnnxTensor } from '@strata/formats/onnx';

/** Where a value comes from: the nearest node above it that matters, and the nodes between, the nearest to the value first. */
export interface Origin {
  /** A Conv, Gemm, MatMul or a Concat of several values; `undefined` where the network's input is reached. */
  readonly node: OnnxFileNode | undefined;
  readonly between: readonly OnnxFileNode[];
}

/** An ONNX network that can be walked from a value upwards. */
export class Tracer {
  readonly #producers: ReadonlyMap<string, OnnxFileNode>;
  readonly #constants: ReadonlyMap<string, OnnxTensor>;

  constructor({ nodes, constants }: Pick<OnnxNetwork, 'nodes' | 'constants'>) {
    this.#producers = new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
    this.#constants = constants;
  }

  /** Upwards along what each node computes from, its first input that is no constant. */
  origin(value: string): Origin {
    const between = new Set<OnnxFileNode>();
    let name: string | undefined = value;
    for (;;) {
      const node: OnnxFileNode | undefined = name === undefined ? undefined : this.#producers.get(name);
      // A file may have a circle in it.
      if (node === undefined || between.has(node)) return { node: undefined, between: [...between] };
      if (isLandmark(node.op) || (node.op === 'Concat' && this.values(node).length > 1)) {
        return { node, between: [...between] };
      }
      between.add(node);
      name = this.values(node)[0];
    }
  }

  /** The inputs of a node that are computed. */
  values({ inputs }: OnnxFileNode): string[] {
    return inputs.filter((name) => name !== '' && !this.#constants.has(name));
  }

  constant(name: string | undefined): OnnxTensor | undefined {
    return name === undefined ? undefined : this.#constants.get(name);
  }
}

function isLandmark(op: string): boolean {
  return op === 'Conv' || op === 'Gemm' || op === 'MatMul';
}
