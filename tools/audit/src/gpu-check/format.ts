import type { CheckedResult, DeviceResult, Timing } from './result.js';

/** One table of all devices, and below it what failed, by name. */
export function formatResults(results: readonly DeviceResult[]): string {
  const rows = results.flatMap((result) => ('failure' in result ? [] : formatRows(result)));
  const head = ['device', 'adapter', 'cases', 'networks', 'worst', 'pictures', 'batch', 'compile', 'first', 'median'];
  const tail = ['lowest', 'highest', 'runs'];
  const lines = rows.length === 0 ? [] : alignColumns([[...head, ...tail], ...rows]);
  return [...lines, ...results.flatMap(explain), verdict(results), ''].join('\n');
}

/** One row a batch size; what holds for the device stands in its first. Times in milliseconds. */
function formatRows({ device, report, cases, networks, pictures, timings }: CheckedResult): string[][] {
  const passed = networks.filter((network) => network.passed).length;
  const worst = Math.max(...networks.map((network) => network.worst));
  const own = [
    device,
    `${report.adapter ?? 'processor'}${report.software ? ' (software)' : ''}`,
    `${cases.passed}/${cases.passed + cases.others.length}`,
    `${passed}/${networks.length}`,
    worst.toExponential(1),
    pictures === undefined ? '–' : `${pictures.right}/${pictures.right + pictures.wrong.length}`,
  ];
  return timings.map((timing, index) => [...(index === 0 ? own : own.map(() => '')), ...formatTiming(timing)]);
}

function formatTiming({ batch, compileMs, firstRunMs, medianMs, lowestMs, highestMs, runs }: Timing): string[] {
  const times = [compileMs, firstRunMs, medianMs, lowestMs, highestMs].map((ms) => ms.toFixed(ms < 100 ? 2 : 0));
  return [String(batch), ...times, String(runs)];
}

function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_unused, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}

function explain(result: DeviceResult): string[] {
  if ('failure' in result) return [`${result.device}: ${result.failure}`];
  const { device, cases, networks, pictures } = result;
  return [
    ...cases.others.map((line) => `${device}: ${line}`),
    ...networks.filter(({ passed }) => !passed).map(({ name, worst }) => `${device}: ${name}: off by ${worst}`),
    ...(pictures?.wrong ?? []).map((line) => `${device}: picture of ${line}`),
  ];
}

/** Whether this was a GPU at all. */
function verdict(results: readonly DeviceResult[]): string {
  const webgpu = results.flatMap((result) =>
    !('failure' in result) && result.report.device === 'webgpu' ? [result] : [],
  );
  const onGpu = webgpu.filter(({ report }) => !report.software).map(({ device }) => device);
  if (webgpu.length === 0) return 'No WebGPU device could be opened: nothing here was run on a GPU.';
  if (onGpu.length === 0) {
    return 'The adapter is a renderer in software: results are right or wrong as shown, the times say nothing about a GPU.';
  }
  return onGpu.length === webgpu.length
    ? `Run on a GPU: ${onGpu.join(', ')}.`
    : `Run on a GPU: ${onGpu.join(', ')}; in software: the other WebGPU devices.`;
}
