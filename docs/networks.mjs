// Prints the figures on whole networks in numerics.md: node docs/networks.mjs (minutes; after npm run build)
import { checkNetwork, listLayers, referenceStages } from '@strata/comparison';
import { goldenInput, goldenLimit, goldenModel, loadGolden } from '@strata/conformance';
import { nameTarget, probeTargets, targets } from '@strata/conformance/targets';
import { countElements, defaultPasses, runPasses } from '@strata/core';
import { agree, interpret } from '@strata/core/reference';

const networks = [
  { name: 'seed-224', input: [3, 1, 64, 80] },
  { name: 'bvlc-224', input: [2, 3, 48, 80] },
  { name: 'torchvision-224', input: [3, 3, 40, 48] },
];
const wanted = ['onnx/native', 'onnx/wasm', 'tfjs/wasm', 'gpujs/wasm'];
const { present, absent } = await probeTargets(targets.filter((target) => wanted.includes(nameTarget(target))));
for (const { target, reason } of absent) console.log(`not measured: ${nameTarget(target)}: ${reason}`);

const largest = (values) => values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
const observe = (model) => ({ ...model, outputs: listLayers(runPasses(model, defaultPasses).graph) });

/** Weights of a filter around 1/K in place of 0, three in four of them positive: sums then keep their size, and errors are alike. */
function mostlyPositive(weights) {
  const shift = ({ shape, dtype, data }) => {
    const terms = countElements(shape) / shape[0];
    const bound = Math.sqrt(6 / terms);
    return { shape, dtype, data: data.map((w) => ((w / bound + 0.5) * 2) / terms) };
  };
  return Object.fromEntries(Object.entries(weights).map(([name, w]) => [name, w.shape.length > 1 ? shift(w) : w]));
}

function printTolerance({ graph, weights, inputs }) {
  for (const propagation of ['worst', 'independent']) {
    const { value, tolerance } = interpret(graph, weights, inputs, { outputs: ['fc'], propagation }).get('fc');
    const share = largest(tolerance) / largest(value);
    console.log(`  errors added as ${propagation}: fc's tolerance is ${share.toExponential(1)} of its largest value`);
  }
}

async function printBackends(model) {
  let reference;
  for (const target of present) {
    const backend = await target.open();
    reference ??= await referenceStages(model, backend);
    const { stages, shipped, passed } = await checkNetwork(model, backend, goldenLimit, reference);
    const most = (shares) => Math.max(...shares).toFixed(4);
    console.log(
      `  ${nameTarget(target)}${passed ? '' : ' FAILS'}: layers by themselves ${most(stages.map((s) => s.agreement.worst))},`,
      `from the picture ${most(stages.map((s) => s.fromPicture.worst))}, as shipped ${most(shipped.map((s) => s.fromPicture.worst))},`,
      `between the runs ${most(shipped.map((s) => s.betweenRuns.worst))}`,
    );
    await backend.dispose();
  }
}

/** Makes one weight at a time wrong and counts the faults that the layer's own tolerance shows. */
async function plantFaults(model, backend, perLayer, factor) {
  const { graph, weights, inputs, outputs } = model;
  const run = async (changed) => {
    const executable = await backend.compile(graph, changed, { outputs });
    const got = await executable.run(inputs);
    await executable.dispose();
    return got;
  };
  const right = await run(weights);
  const judged = interpret(graph, weights, inputs, { outputs, observed: right });
  const { data: random } = goldenInput({ input: [1000], seed: 5 });
  const counts = { planted: 0, felt: 0, pinned: 0 };
  for (const [parameter, { shape, dtype, data }] of Object.entries(weights)) {
    const layer = parameter.replace(/\.weight$/, '');
    if (layer === parameter) continue;
    for (let k = 0; k < perLayer; k++) {
      const at = Math.floor(random[counts.planted] * data.length);
      const wrong = { shape, dtype, data: data.map((w, i) => (i === at ? w * factor : w)) };
      const got = (await run({ ...weights, [parameter]: wrong }))[layer].data;
      counts.planted++;
      // What comes before is untouched, so the layer's judgement stands.
      if (got.some((x, i) => x !== right[layer].data[i])) counts.felt++;
      if (agree(judged.get(layer), got).failed > 0) counts.pinned++;
    }
  }
  return counts;
}

for (const { name, input } of networks) {
  const model = observe(goldenModel({ ...(await loadGolden(name)), input, seed: 11 }));
  for (const [what, weights] of [
    ['weights around zero', model.weights],
    ['mostly positive weights', mostlyPositive(model.weights)],
  ]) {
    console.log(`${name} on ${input.join('×')}, ${what}; worst errors as shares of the tolerance`);
    printTolerance({ ...model, weights });
    await printBackends({ ...model, weights });
  }
}

const native = present.find((target) => nameTarget(target) === 'onnx/native');
if (native !== undefined) {
  const input = [1, 1, 48, 48];
  const model = observe(goldenModel({ ...(await loadGolden('seed-224')), input, seed: 11 }));
  const backend = await native.open();
  for (const factor of [1.001, 1.01]) {
    const { planted, felt, pinned } = await plantFaults(model, backend, 5, factor);
    console.log(
      `seed-224 on ${input.join('×')}, onnx/native, one weight times ${factor}:`,
      `${planted} faults, ${felt} changed their layer's value, ${pinned} of them are beyond its tolerance`,
    );
  }
  await backend.dispose();
}
process.exit(0);
