import { spawnSync } from 'node:child_process';
import { cpus, release, type } from 'node:os';

/** What the numbers were seen on. */
export interface Machine {
  /** Day of the check, year-month-day. */
  readonly date: string;
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
  readonly node: string;
  /** NVIDIA cards with their driver's version, as nvidia-smi names them; empty where it is not there. */
  readonly nvidia: readonly string[];
  /** Vulkan drivers that were named to the loader; undefined where it searched by itself. */
  readonly vulkanDrivers: string | undefined;
}

export function describeMachine(): Machine {
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    system: `${type()} ${release()} ${process.arch}`,
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    node: process.version,
    nvidia: listNvidia(),
    vulkanDrivers: process.env.VK_DRIVER_FILES ?? process.env.VK_ICD_FILENAMES,
  };
}

function listNvidia(): string[] {
  const words = ['--query-gpu=name,driver_version', '--format=csv,noheader'];
  const { status, stdout } = spawnSync('nvidia-smi', words, { encoding: 'utf8' });
  return status === 0 ? stdout.trim().split('\n') : [];
}
