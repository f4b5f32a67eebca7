import { describe, expect, it } from 'vitest';
import { GraphError } from '../../src/errors.js';
import { dropNoOps } from '../../src/passes/drop-no-ops.js';
import { fuseActivation } from '../../src/passes/fuse-activation.js';
import { type Pass, runPasses } from '../../src/passes/pass.js';
import { tensor } from '../../src/tensor/tensor.js';
import { modelOf } from '../support/two-channel-model.js';

describe('runPasses', () => {
  const model = modelOf((layers, x) => [layers.conv2d('y', x, { filters: 2, window: 1 })]);
  const attempt = (apply: Pass['apply']) => () =>
    runPasses(model, [dropNoOps, { name: 'guilty', apply }, fuseActivation]);

  it('names the pass that broke the graph', () => {
    const forgetsInput = attempt(({ graph, weights }) => ({
      graph: { ...graph, nodes: graph.nodes.filter(({ name }) => name !== 'x') },
      weights,
    }));
    expect(forgetsInput).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: pass 'guilty': a broken graph: y (conv2d): input 'x', want the name of an earlier node]`,
    );
    const renamesOutput = attempt(({ graph, weights }) => ({ graph: { ...graph, outputs: ['x'] }, weights }));
    expect(renamesOutput).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: pass 'guilty': outputs x [batch,2,height,width], want y [batch,2,height,width]]`,
    );
    const forgetsWeights = attempt(({ graph }) => ({ graph, weights: {} }));
    expect(forgetsWeights).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: pass 'guilty': weights missing for parameter y.weight, want [2,2,1,1]]`,
    );
    const reshapes = attempt(({ graph, weights }) => ({
      graph,
      weights: { ...weights, 'y.bias': tensor([3], [1, 2, 3]) },
    }));
    expect(reshapes).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: pass 'guilty': weights [3] for parameter y.bias, want [2]]`,
    );
    expect(forgetsInput).toThrow(GraphError);
  });

  it('passes on an exception that is not a StrataError', () => {
    const mistake = new TypeError('a mistake');
    expect(
      attempt(() => {
        throw mistake;
      }),
    ).toThrow(mistake);
  });

  it('names the pass even when the error is about a node called pass', () => {
    const broken = attempt(({ weights }) => ({
      graph: { nodes: [{ name: 'pass 1', op: 'relu', inputs: [], attributes: {} }], outputs: ['pass 1'] },
      weights,
    }));
    expect(broken).toThrow("pass 'guilty'");
  });
});
