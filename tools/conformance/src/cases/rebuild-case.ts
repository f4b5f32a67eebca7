import { InputError, LayerBuilder, type Tensor } from '@strata/core';
import { importNode, transposeMatrix } from '@strata/formats/onnx';
import type { Trial } from '@strata/trials';
import type { OperatorCase } from './case.js';

/** The case in Strata's own layers. Throws `InputError` for an operator or attribute that has no counterpart. */
export function rebuildCase(source: OperatorCase): Trial {
  const { name, opset, op, attributes, inputNames, tensors } = turnGemm(source);
  const layers = new LayerBuilder();
  const weights = new Map<string, Tensor>();
  const inputs = new Map<string, Tensor>();

  /** A case does not tell weights from run-time inputs: a tensor is what the layer takes it for. */
  function constantAt(position: number): Tensor {
    const found = tensors.get(inputNames[position] ?? '');
    if (found !== undefined) return found;
    throw new InputError({ where: name, got: `no tensor for input ${position}`, want: `what ${op} needs` });
  }

  const out = importNode({
    node: { name, op, opset, attributes, inputs: inputNames, output: 'out' },
    layers,
    constantAt,
    valueAt(position) {
      const input = `input${position}`;
      const value = constantAt(position);
      inputs.set(input, value);
      return layers.input(input, value.shape);
    },
    bind(parameter, value) {
      weights.set(parameter, value);
    },
  });
  return {
    graph: layers.build([out]),
    weights: Object.fromEntries(weights),
    runs: [Object.fromEntries(inputs)],
    structured: false,
  };
}

/** A Gemm that transposes A is given it transposed, for core has no transpose. */
function turnGemm(source: OperatorCase): OperatorCase {
  const { op, attributes, inputNames, tensors } = source;
  const [a] = inputNames;
  const matrix = tensors.get(a);
  if (op !== 'Gemm' || attributes.transA !== 1 || matrix === undefined) return source;
  const turned = transposeMatrix(matrix, `${source.name}: A`);
  return { ...source, attributes: { ...attributes, transA: 0 }, tensors: new Map([...tensors, [a, turned]]) };
}
