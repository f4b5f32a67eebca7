import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Why CUDA cannot work here, found without loading anything; `undefined` where it might. */
export function whyNoCuda(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `onnxruntime-node has CUDA for linux/x64 only, this is ${process.platform}/${process.arch}; choose webgpu`;
  }
  const seen = existsSync('/dev/dxg') || readdirSync('/dev').some((name) => /^nvidia\d+$/.test(name));
  return seen ? undefined : 'no NVIDIA GPU with its driver: neither /dev/nvidia0 nor /dev/dxg is there';
}

/** The card, where there is just one, and the driver, as the driver's own files say. */
export function describeNvidia(): { readonly adapter: string; readonly driver?: string } {
  const [model, ...others] = readCards();
  const [, version] = /Kernel Module\D*([\d.]+)/.exec(readOrNothing('/proc/driver/nvidia/version')) ?? [];
  return {
    adapter: model === undefined || others.length > 0 ? 'NVIDIA GPU' : model,
    ...(version === undefined ? {} : { driver: version }),
  };
}

function readCards(): string[] {
  const folder = '/proc/driver/nvidia/gpus';
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((card) => {
    const [, model] = /^Model:\s*(.+)$/m.exec(readOrNothing(`${folder}/${card}/information`)) ?? [];
    return model === undefined ? [] : [model];
  });
}

function readOrNothing(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
