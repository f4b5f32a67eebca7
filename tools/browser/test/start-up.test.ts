import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumHint, findChromium } from '../src/index.js';
import { backendNames, backends, browserDevices } from './support/backends.js';
import { type Oddity, serveOddly } from './support/odd-server.js';
import { type Condition, StartPage } from './support/start-page.js';

const missing = findChromium() === undefined;
if (missing) console.warn(chromiumHint);

const sum = [4, 6];
const libraries = resolve(import.meta.dirname, '../../../node_modules');
const backendsWith = (device: string) => backendNames.filter((name) => browserDevices(name).includes(device));

describe.skipIf(missing)('a start-up ends', { timeout: 120_000 }, () => {
  let page: StartPage;
  let server: Awaited<ReturnType<typeof serveOddly>>;
  beforeAll(async () => {
    page = await StartPage.open(resolve(import.meta.dirname, 'fixtures/start-up.ts'), backends);
    server = await serveOddly([
      resolve(libraries, 'onnxruntime-web/dist'),
      resolve(libraries, '@tensorflow/tfjs-backend-wasm/dist'),
    ]);
  });
  afterAll(async () => {
    server?.close();
    await page?.close();
  });

  const start = (condition: Condition, ...words: [name: string, device: string, threads?: number]) => {
    const [name, device, threads] = words;
    return page.start(condition, name, threads === undefined ? { device } : { device, threads });
  };

  describe.each(backendNames)('with %s on wasm', (name) => {
    it('which has threads in a page beside a CommonJS module', async () => {
      expect(await start({}, name, 'wasm', 2)).toMatchObject({ device: 'wasm', threads: 2, sum });
    });

    // Extension pages have the second and third directive.
    it('under a strict policy', async () => {
      const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'self'";
      expect(await start({ policy }, name, 'wasm')).toMatchObject({ device: 'wasm', sum });
    });

    it('on one thread, with what is missing, where workers are refused or fail', async () => {
      const policy = "worker-src 'none'";
      const one = { threads: 1, threadsMissing: expect.stringContaining('worker-src'), sum };
      expect(await start({ policy }, name, 'wasm')).toMatchObject(one);
      expect(await start({ policy }, name, 'wasm', 2)).toMatch(/^DeviceError: .*worker-src.*threads: 1/);
      const script = `Worker = class extends EventTarget {
        constructor() { super(); setTimeout(() => this.dispatchEvent(new ErrorEvent('error', { message: 'boom' })), 20); }
        postMessage() {}
        terminate() {}
      };`;
      expect(await start({ script }, name, 'wasm')).toMatchObject(one);
    });

    it('with the directive that is missing where WebAssembly is forbidden', async () => {
      const told = await start({ policy: "script-src 'self'" }, name, 'wasm');
      expect(told).toMatch(/^DeviceError: .*'wasm-unsafe-eval' in script-src/);
    });
  });

  it.each(backendsWith('js'))('with %s on js or the missing directive where text may not be compiled', async (name) => {
    const told = await start({ policy: "script-src 'self' 'wasm-unsafe-eval'" }, name, 'js');
    if (typeof told === 'string') expect(told).toMatch(/^DeviceError: .*'unsafe-eval' in script-src/);
    else expect(told).toMatchObject({ device: 'js', sum });
  });

  it('with what auto did without for want of a directive', async () => {
    expect(await start({ policy: "script-src 'self'" }, 'tfjs', 'auto')).toMatchObject({
      device: 'js',
      passedOver: expect.arrayContaining([
        { device: 'wasm', reason: expect.any(String), missing: expect.stringContaining("'wasm-unsafe-eval'") },
      ]),
      sum,
    });
  });

  it.each(backendsWith('webgpu'))('with the reason where %s gets no GPU, or one that is lost', async (name) => {
    const none = 'navigator.gpu.requestAdapter = async () => null';
    expect(await start({ script: none }, name, 'webgpu')).toMatch(/^DeviceError: .*no WebGPU adapter/);
    const lost = `const request = GPUAdapter.prototype.requestDevice;
      GPUAdapter.prototype.requestDevice = async function (...given) {
        const device = await request.apply(this, given);
        device.destroy();
        return device;
      };`;
    expect(await start({ script: lost }, name, 'webgpu')).toMatch(/^DeviceError: .*device was lost/);
  });

  it.each(backendsWith('webgl'))('with the reason where %s gets no context, or one that is lost', async (name) => {
    const forBoth = (get: string) => `for (const { prototype } of [HTMLCanvasElement, OffscreenCanvas]) {
      const getContext = prototype.getContext;
      prototype.getContext = function (...given) { ${get} };
    }`;
    const none = forBoth('return null');
    expect(await start({ script: none }, name, 'webgl')).toMatch(/^DeviceError: .*no WebGL 2 context/);
    const lost = forBoth(`const context = getContext.apply(this, given);
      context?.getExtension?.('WEBGL_lose_context')?.loseContext();
      return context;`);
    expect(await start({ script: lost }, name, 'webgl')).toMatch(/^DeviceError: .*context that is lost/);
  });

  describe.concurrent('that waits for what never comes', () => {
    const hung = { script: 'navigator.gpu.requestAdapter = () => new Promise(() => {})' };
    it('from an adapter: auto goes on, and says why', async () => {
      const reason = expect.stringMatching(/does not start: nothing comes from .*requestAdapter\(\)/);
      const passedOver = expect.arrayContaining([{ device: 'webgpu', reason }]);
      const started = await Promise.all(backendsWith('webgpu').map((name) => start(hung, name, 'auto')));
      for (const one of started) expect(one).toMatchObject({ device: 'wasm', passedOver, sum });
    });

    it('from its code', async () => {
      const told = await Promise.all(backendNames.map((name) => start({ noMoreScripts: true }, name, 'wasm')));
      for (const one of told) expect(one).toMatch(/^DeviceError: .*nothing comes from its code/);
    });

    it('from workers', async () => {
      const script = 'Worker = class extends EventTarget { postMessage() {} terminate() {} }';
      expect(await start({ script }, 'onnx', 'wasm')).toMatch(/^DeviceError: .*workers do not answer.*threads: 1/);
    });

    const fetch = (name: string, oddity: Oddity, limit?: number) =>
      page.start({}, name, { device: 'wasm', wasmPaths: server.url(oddity) }, limit);
    it.each(['onnx', 'tfjs'])('from a server: %s', async (name) => {
      expect(await fetch(name, 'stalls')).toMatch(/^DeviceError: .*nothing comes from http\S+\.wasm/);
      expect(await fetch(name, 'cut')).toMatch(/^DeviceError: .*http\S+\.wasm/);
    });

    it('but not where a file comes slowly', async () => {
      expect(await fetch('onnx', 'slow', 30_000)).toMatchObject({ device: 'wasm', sum });
    });
  });
});
