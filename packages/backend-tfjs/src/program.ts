import {
  type ComputeKind,
  type Graph,
  isComputed,
  type Model,
  type NodeOf,
  nodesOf,
  type PrepareContext,
  type Program,
  parameterRole,
  type Tensor,
} from '@strata/core';
import { prepareNode } from './lowerings/lowering-table.js';
import { pause } from './pause.js';
import type { Session } from './session.js';
import { Values, type Work } from './values.js';
import { Constants } from './weights.js';

/** The longest time for which kernels run before the event loop gets a turn; a single kernel may take longer. */
const STRETCH_MS = 25;

/** Uploads the weights and lowers every node; the program then walks the graph, one tfjs call after another. */
export async function createProgram(session: Session, model: Model, context: PrepareContext): Promise<Program> {
  const { graph } = model;
  const constants = new Constants(model, session.traits);
  const computed = graph.nodes.filter(isComputed);
  const plan: Omit<Work, 'lastRead'>[] = [];
  let given: Plan['given'];
  try {
    for (const [index, node] of computed.entries()) {
      context.signal?.throwIfAborted();
      plan.push(session.run(() => lower(node, constants)));
      context.onProgress(index + 1, computed.length);
      if (index % 8 === 7) await pause();
    }
    given = findGiven(graph, plan);
    // Uploaded now, not in the first run.
    session.run(() => {
      for (const name of given.parameters) constants.value(name);
    });
  } catch (error) {
    session.run(() => constants.dispose());
    throw error;
  }
  const work = withLastReads(graph, plan);
  return {
    execute: (inputs, signal) => execute(session, graph, { given, work, constants }, inputs, signal),
    release: () => session.run(() => constants.dispose()),
  };
}

/** The inputs and the parameters whose values some step takes, or the caller wants. */
function findGiven(graph: Graph, plan: readonly Pick<Work, 'reads'>[]): Plan['given'] {
  const needed = new Set([...plan.flatMap(({ reads }) => reads), ...graph.outputs]);
  const namesOf = (kind: 'input' | 'parameter') =>
    nodesOf(graph, kind).flatMap(({ name }) => (needed.has(name) ? [name] : []));
  return { inputs: namesOf('input'), parameters: namesOf('parameter') };
}

function lower(node: NodeOf<ComputeKind>, constants: Constants): Omit<Work, 'lastRead'> {
  const reads = node.inputs.filter((_, position) => parameterRole(node.op, position) === undefined);
  return { name: node.name, reads, step: prepareNode(node, constants) };
}

function withLastReads({ outputs }: Graph, plan: readonly Omit<Work, 'lastRead'>[]): Work[] {
  const seen = new Set(outputs);
  const backwards = plan.toReversed().map(({ name, reads, step }) => {
    const fresh = [...new Set([...reads, name])].filter((value) => !seen.has(value));
    for (const value of fresh) seen.add(value);
    return { name, reads, step, lastRead: fresh };
  });
  return backwards.toReversed();
}

interface Plan {
  /** Names of the values that are there before anything is computed. */
  readonly given: { readonly inputs: readonly string[]; readonly parameters: readonly string[] };
  readonly work: readonly Work[];
  readonly constants: Constants;
}

async function execute(
  session: Session,
  graph: Graph,
  { given, work, constants }: Plan,
  inputs: Readonly<Record<string, Tensor>>,
  signal: AbortSignal | undefined,
): Promise<Record<string, Tensor>> {
  const values = new Values(constants);
  try {
    session.run(() => {
      for (const name of given.inputs) values.upload(name, inputs[name]);
      for (const name of given.parameters) values.useConstant(name);
    });
    let next = 0;
    while (next < work.length) {
      session.run(() => {
        const start = performance.now();
        do values.compute(work[next++]);
        while (next < work.length && performance.now() - start < STRETCH_MS);
      });
      if (next < work.length) await pause();
      signal?.throwIfAborted();
    }
    const outputs = await values.read(session, graph.outputs);
    // A GPU gets all its work at once: this is where such a run can end early.
    signal?.throwIfAborted();
    return outputs;
  } finally {
    session.run(() => values.dispose());
  }
}
