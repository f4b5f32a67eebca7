import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export const backendNames = ['onnx', 'tfjs', 'gpujs'] as const;
export type BackendName = (typeof backendNames)[number];

/** Sub-paths of a backend that are no devices. */
const otherDoors = ['.', './export'];

/** The devices that a backend has in browsers, by its package's exports. */
export function browserDevices(backend: BackendName): string[] {
  const file = resolve(import.meta.dirname, `../../../../packages/backend-${backend}/package.json`);
  const { exports }: { exports: Record<string, { browser?: string | null }> } = JSON.parse(readFileSync(file, 'utf8'));
  return Object.entries(exports)
    .filter(([door, conditions]) => !otherDoors.includes(door) && conditions.browser !== null)
    .map(([door]) => door.slice('./'.length));
}

/** Devices that headless Chromium does not have, and what is said when they are asked for. */
export const absent: Readonly<Record<string, RegExp>> = { 'onnx/webnn': /webnn/i };
