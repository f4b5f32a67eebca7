import { createBackend } from '@strata/backend-tfjs';
import type { Backend, BackendOptions, Executable, Graph, Tensor, Weights } from '@strata/core';
import * as tf from '@tensorflow/tfjs-core';

/** A tensor as JSON carries it. */
interface Sent {
  readonly shape: number[];
  readonly data: number[];
}

const backends: Backend[] = [];
const executables: Executable[] = [];
const contexts: WebGL2RenderingContext[] = [];
const devices: GPUDevice[] = [];
let dispatches = 0;
const onGpu = new Set<object>();

countCalls();
countGpuObjects();
captureDevices();

Object.assign(globalThis, {
  strata: {
    async open(options: BackendOptions) {
      const backend = await told(createBackend(options));
      return { id: backends.push(backend) - 1, report: backend.report };
    },
    async compile(id: number, graph: Graph, weights: Record<string, Sent>) {
      return executables.push(await told(backends[id].compile(graph, receive(weights)))) - 1;
    },
    async run(id: number, inputs: Record<string, Sent>) {
      dispatches = 0;
      return send(await told(executables[id].run(receive(inputs))));
    },
    dispose: async (id: number) => executables[id].dispose(),
    close: async (id: number) => backends[id].dispose(),
    /** Kernels that the GPU was given in the last run. */
    dispatches: () => dispatches,
    numTensors: () => tf.engine().state.numTensors,
    /** Textures of WebGL and buffers of WebGPU that were made and not freed. */
    numOnGpu: () => onGpu.size,
    /** How a run ends whose device goes away in the middle. */
    async loseDuring(id: number, inputs: Record<string, Sent>) {
      const running = told(executables[id].run(receive(inputs)));
      setTimeout(() => {
        contexts.at(-1)?.getExtension('WEBGL_lose_context')?.loseContext();
        devices.at(-1)?.destroy();
      });
      return running.then(
        () => 'resolved',
        (error) => String(error),
      );
    },
  },
});

/** An error that keeps its name and code on the way out of the page. */
async function told<T>(result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    throw error instanceof Error && 'code' in error
      ? new Error(`${error.name} ${error.code}: ${error.message}`)
      : error;
  }
}

function receive(sent: Record<string, Sent>): Weights {
  return Object.fromEntries(
    Object.entries(sent).map(([name, { shape, data }]): [string, Tensor] => [
      name,
      { shape, dtype: 'float32', data: Float32Array.from(data) },
    ]),
  );
}

function send(outputs: Readonly<Record<string, Tensor>>): Record<string, Sent> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { shape, data }]) => [name, { shape: [...shape], data: [...data] }]),
  );
}

function countCalls(): void {
  const { drawElements } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.drawElements = function (this: WebGL2RenderingContext, ...given) {
    dispatches++;
    drawElements.apply(this, given);
  };
  if (!('gpu' in navigator)) return;
  const { dispatchWorkgroups } = GPUComputePassEncoder.prototype;
  GPUComputePassEncoder.prototype.dispatchWorkgroups = function (this: GPUComputePassEncoder, ...given) {
    dispatches++;
    dispatchWorkgroups.apply(this, given);
  };
}

function countGpuObjects(): void {
  const { createTexture, deleteTexture } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.createTexture = function (this: WebGL2RenderingContext) {
    const texture = createTexture.call(this);
    onGpu.add(texture);
    return texture;
  };
  WebGL2RenderingContext.prototype.deleteTexture = function (this: WebGL2RenderingContext, texture) {
    if (texture !== null) onGpu.delete(texture);
    deleteTexture.call(this, texture);
  };
  if (!('gpu' in navigator)) return;
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (this: GPUDevice, descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    onGpu.add(buffer);
    return buffer;
  };
  const { destroy } = GPUBuffer.prototype;
  GPUBuffer.prototype.destroy = function (this: GPUBuffer) {
    onGpu.delete(this);
    return destroy.call(this);
  };
}

function captureDevices(): void {
  const { createFramebuffer } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.createFramebuffer = function (this: WebGL2RenderingContext) {
    if (!contexts.includes(this)) contexts.push(this);
    return createFramebuffer.call(this);
  };
  if (!('gpu' in navigator)) return;
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor) {
    const device = await requestDevice.call(this, descriptor);
    devices.push(device);
    return device;
  };
}
