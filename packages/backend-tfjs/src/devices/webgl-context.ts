import { type BackendOptions, DeviceError } from '@strata/core';

/** A WebGL 2 context of its own canvas. Throws `DeviceError` where there is none, or none that renders float32. */
export function createContext({ powerPreference = 'high-performance' }: BackendOptions): WebGL2RenderingContext {
  const gl = createCanvas().getContext('webgl2', {
    alpha: false,
    antialias: false,
    depth: false,
    stencil: false,
    premultipliedAlpha: false,
    preserveDrawingBuffer: false,
    powerPreference,
  });
  if (!(gl instanceof WebGL2RenderingContext)) {
    throw new DeviceError({
      where: 'tfjs/webgl',
      got: 'no WebGL 2 context',
      want: 'a browser with WebGL 2 switched on',
    });
  }
  if (gl.isContextLost()) {
    throw new DeviceError({ where: 'tfjs/webgl', got: 'a WebGL 2 context that is lost', hint: 'reload the page' });
  }
  if (gl.getExtension('EXT_color_buffer_float') === null) {
    throw new DeviceError({
      where: 'tfjs/webgl',
      got: 'no EXT_color_buffer_float',
      want: 'float32 textures that can be rendered to',
      hint: 'choose wasm',
    });
  }
  return gl;
}

function createCanvas(): OffscreenCanvas | HTMLCanvasElement {
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(1, 1);
  if (typeof document !== 'undefined') return document.createElement('canvas');
  throw new DeviceError({
    where: 'tfjs/webgl',
    got: 'no canvas here',
    want: 'a browser',
    hint: "@strata/backend-gpujs's webgl runs in Node",
  });
}

/** The names that the driver reports, where the browser shows them. */
export function describeRenderer(gl: WebGL2RenderingContext): { readonly renderer: string; readonly driver: string } {
  const debug = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(debug === null ? gl.RENDERER : debug.UNMASKED_RENDERER_WEBGL));
  return { renderer, driver: String(gl.getParameter(gl.VERSION)) };
}
