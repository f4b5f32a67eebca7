import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** Vulkan drivers that compute on the CPU, by the names of their files. */
const SOFTWARE_DRIVERS = [
  { file: /swiftshader/i, adapter: 'SwiftShader' },
  { file: /lvp|lavapipe/i, adapter: 'llvmpipe' },
];

/** Files by which Linux gives access to a GPU: DRM render nodes, NVIDIA's own, and WSL's. */
const GPU_FILE = /^\/dev\/(dri\/renderD\d+|nvidia\d+|dxg)$/;

/** The PCI vendor numbers of GPU makers. */
const MAKERS: Readonly<Record<string, string>> = {
  '0x10de': 'NVIDIA',
  '0x1002': 'AMD',
  '0x8086': 'Intel',
};

/** What computes, as far as the system says. */
export interface GpuEvidence {
  /** Its maker, or the software renderer; `unknown` where even that cannot be found out. */
  readonly adapter: string;
  /** The file of the driver. */
  readonly driver?: string;
  readonly software: boolean;
}

/**
 * Why any Vulkan adapter here must be a software renderer, found without loading a driver; `undefined` if there may be
 * another.
 */
export function whyNoGpu(): string | undefined {
  const [named] = softwareDrivers(namedDrivers());
  if (named !== undefined && namedDrivers().every((file) => softwareDrivers([file]).length > 0)) {
    return `a software renderer (${named.adapter}), named by VK_ICD_FILENAMES or VK_DRIVER_FILES`;
  }
  if (process.platform !== 'linux' || gpuFiles().length > 0) return undefined;
  return 'no GPU: neither /dev/dri/renderD*, /dev/nvidia* nor /dev/dxg is there';
}

/**
 * What the GPU API that this process has just opened computes with. A library that does not name its adapter can still
 * be told by its driver: on Linux a file of the GPU stays open for as long as a driver uses it, and a driver in
 * software is a library of a known name in the process. Nothing more is claimed.
 */
export function findGpuInUse(): GpuEvidence {
  // Metal has no driver in software. Of Windows nothing is known: Direct3D loads its software driver to list it.
  if (process.platform === 'darwin') return { adapter: 'unknown', software: false };
  if (process.platform !== 'linux') return { adapter: 'unknown', software: true };
  const makers = [
    ...new Set(
      openFiles()
        .filter((file) => GPU_FILE.test(file))
        .map(makerOf),
    ),
  ];
  if (makers.length === 0 || whyNoGpu() !== undefined) {
    const [software = { adapter: 'unknown' }] = softwareDrivers(loadedLibraries());
    return { ...software, software: true };
  }
  return { adapter: makers.length === 1 ? makers[0] : `one of ${makers.join(', ')}`, software: false };
}

function softwareDrivers(files: readonly string[]): { adapter: string; driver: string }[] {
  return files
    .map((path) => basename(path))
    .flatMap((driver) => {
      return SOFTWARE_DRIVERS.filter(({ file }) => file.test(driver)).map(({ adapter }) => ({ adapter, driver }));
    });
}

/** The Vulkan loader's drivers where the environment names them. */
function namedDrivers(): string[] {
  const { VK_DRIVER_FILES, VK_ICD_FILENAMES } = process.env;
  return (VK_DRIVER_FILES ?? VK_ICD_FILENAMES ?? '').split(process.platform === 'win32' ? ';' : ':').filter(Boolean);
}

function gpuFiles(): string[] {
  return ['/dev', '/dev/dri'].flatMap((folder) => list(folder)).filter((file) => GPU_FILE.test(file));
}

function openFiles(): string[] {
  return list('/proc/self/fd').flatMap((file) => {
    try {
      return [readlinkSync(file)];
    } catch {
      // Closed in the meantime, like the one that listed the folder.
      return [];
    }
  });
}

function loadedLibraries(): string[] {
  const lines = readFileSync('/proc/self/maps', 'utf8').split('\n');
  return [...new Set(lines.map((line) => line.slice(line.indexOf('/'))).filter((file) => file.includes('.so')))];
}

function makerOf(file: string): string {
  if (file.startsWith('/dev/nvidia')) return 'NVIDIA GPU';
  try {
    const vendor = readFileSync(`/sys/class/drm/${basename(file)}/device/vendor`, 'utf8').trim();
    return `${MAKERS[vendor] ?? `PCI vendor ${vendor}`} GPU`;
  } catch {
    return 'unknown GPU';
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}
