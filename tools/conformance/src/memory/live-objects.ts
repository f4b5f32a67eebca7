import { afterCall } from '../after-call.js';
import type { Counts } from './repeat.js';

/** A kind of object that has to be destroyed by hand: who makes it, and how it is destroyed. */
export interface ObjectKind {
  /** What it is counted as. */
  readonly name: string;
  /** The prototype that has the method `create`, which returns the object. */
  readonly maker: object;
  readonly create: string;
  /** The prototype that has the method `destroy`: the maker's own takes the object, the object's own takes nothing. */
  readonly destroyer: object;
  readonly destroy: string;
}

/** WebGPU's classes, as a page has them in its global scope. */
export interface GpuClasses {
  readonly GPUDevice: { readonly prototype: object };
  readonly GPUBuffer: { readonly prototype: object };
}

/** The buffers of WebGPU. No library here makes textures of it. */
export function gpuBuffers({ GPUDevice, GPUBuffer }: GpuClasses): ObjectKind {
  const destroyer = GPUBuffer.prototype;
  return { name: 'buffers', maker: GPUDevice.prototype, create: 'createBuffer', destroyer, destroy: 'destroy' };
}

/** The textures of WebGL, which its libraries keep their arrays in. `context` is the class of its contexts. */
export function glTextures(context: { readonly prototype: object }): ObjectKind {
  const maker = context.prototype;
  return { name: 'textures', maker, create: 'createTexture', destroyer: maker, destroy: 'deleteTexture' };
}

/**
 * Counts the objects of this kind that are made from now on and not destroyed, whatever a garbage collector does to
 * them. It changes the prototypes permanently: call it once in a realm, before a library acquires its device.
 */
export function countLiveObjects({ name, maker, create, destroyer, destroy }: ObjectKind): () => Counts {
  const live = new Set<unknown>();
  afterCall(maker, create, (_owner, _given, made) => live.add(made));
  afterCall(destroyer, destroy, (owner, [given]) => live.delete(destroyer === maker ? given : owner));
  return () => ({ [name]: live.size });
}
