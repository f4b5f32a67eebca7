import { type Backend, type BackendOptions, DeviceError, isSoftware, type Selection } from '@strata/core';
import { GPGPUContext, MathBackendWebGL, setWebGLContext, version_webgl } from '@tensorflow/tfjs-backend-webgl';
import { env } from '@tensorflow/tfjs-core';
import { defineDevice } from '../define-device.js';
import type { OpenDevice } from '../open-device.js';
import { Session } from '../session.js';
import { fullTraits } from '../traits.js';
import { createContext, describeRenderer } from './webgl-context.js';

/** WebGL 2 with float32 textures, in a page or a worker. */
export async function openWebgl(options: BackendOptions, selection: Selection): Promise<Backend> {
  const gl = createContext(options);
  const { renderer, driver } = describeRenderer(gl);
  const report = {
    device: 'webgl',
    library: { name: '@tensorflow/tfjs-backend-webgl', version: version_webgl },
    adapter: renderer,
    driver,
    software: isSoftware(renderer),
    convolution: 'direct',
  } as const;
  const reopen = async () => openOnContext(createContext(options));
  return defineDevice({ device: openOnContext(gl), report, reopen }, selection);
}

/** What the library finds out about WebGL, and caches. It asks a context that it makes, unless one is set. */
const EXAMINED = [
  'HAS_WEBGL',
  'WEBGL_VERSION',
  'WEBGL_MAX_TEXTURE_SIZE',
  'WEBGL_MAX_TEXTURES_IN_SHADER',
  'WEBGL_RENDER_FLOAT32_CAPABLE',
  'WEBGL_RENDER_FLOAT32_ENABLED',
  'WEBGL_DOWNLOAD_FLOAT_ENABLED',
  'WEBGL_FENCE_API_ENABLED',
  'WEBGL_BUFFER_SUPPORTED',
] as const;

function openOnContext(gl: WebGL2RenderingContext): OpenDevice {
  setWebGLContext(2, gl);
  for (const flag of EXAMINED) env().get(flag);
  if (!env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) {
    throw new DeviceError({
      where: 'tfjs/webgl',
      got: 'textures of half precision only',
      want: 'float32 textures that can be rendered to',
      hint: 'choose wasm',
    });
  }
  const context = new GPGPUContext(gl);
  const backend = new MathBackendWebGL(context);
  // Nobody else's webgl backend may draw on this context, so the library must not remember it.
  Reflect.apply(setWebGLContext, undefined, [2, null]);
  let lose: (reason: string) => void = () => {};
  const lost = new Promise<string>((resolve) => {
    lose = resolve;
  });
  const reason = 'the WebGL context was lost';
  const flags = { WEBGL_CPU_FORWARD: false, WEBGL_VERSION: 2 };
  const traits = { ...fullTraits, uploadsAtOnce: false, maxPoolGivesInfinity: false, reluTakesInfinity: false };
  const session = new Session({ kernels: 'webgl', backend, lost, flags, traits });
  gl.canvas.addEventListener('webglcontextlost', () => lose(reason));
  return {
    session,
    trim: () => emptyPool(backend, context),
    async guard(work) {
      const result = await work();
      // A lost context reads as zeros, and its event comes later.
      if (gl.isContextLost()) {
        lose(reason);
        throw new DeviceError({ where: 'tfjs/webgl', got: reason, want: 'a context to the end of the run' });
      }
      const error = gl.getError();
      if (error === gl.NO_ERROR) return result;
      throw new DeviceError({ where: 'tfjs/webgl', got: `WebGL reported error 0x${error.toString(16)}`, want: 'none' });
    },
    close() {
      session.close();
      Reflect.set(context, 'program', null);
      context.dispose();
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}

/** The library's pool of unused textures; it is private, so the version is pinned. */
interface TexturePool {
  readonly freeTextures: Record<string, { readonly texture: WebGLTexture }[]>;
  numFreeTextures: number;
  _numBytesAllocated: number;
  _numBytesFree: number;
}

/**
 * The library keeps every texture that is freed, by its size, until the device closes: new sizes would fill the GPU.
 */
function emptyPool(backend: MathBackendWebGL, context: GPGPUContext): void {
  const pool: unknown = Reflect.get(backend, 'textureManager');
  if (!isTexturePool(pool)) return;
  for (const [size, textures] of Object.entries(pool.freeTextures)) {
    for (const { texture } of textures) context.deleteMatrixTexture(texture);
    pool.freeTextures[size] = [];
  }
  pool.numFreeTextures = 0;
  pool._numBytesAllocated -= pool._numBytesFree;
  pool._numBytesFree = 0;
}

/** False once the library has closed the device. */
function isTexturePool(value: unknown): value is TexturePool {
  return typeof value === 'object' && value !== null && 'freeTextures' in value && value.freeTextures !== null;
}
