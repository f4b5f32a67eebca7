import { createReferenceBackend } from '@strata/core/reference';
import { describe, expect, it } from 'vitest';
import { countLiveObjects } from '../src/memory/live-objects.js';
import { memoryModel } from '../src/memory/models.js';
import { cycle, repeat } from '../src/memory/repeat.js';

/** WebGPU's way: what was made is destroyed by a method of its own. */
class Buffer {
  destroy(): void {}
}
class Device {
  createBuffer(): Buffer {
    return new Buffer();
  }
}

/** WebGL's: its maker deletes it. */
class Context {
  createTexture(): object {
    return {};
  }
  deleteTexture(_texture: object): void {}
}

describe('countLiveObjects', () => {
  it('counts objects with a destroy method, once however often it is called', () => {
    const destroyer = Buffer.prototype;
    const kind = { name: 'buffers', maker: Device.prototype, create: 'createBuffer', destroyer, destroy: 'destroy' };
    const count = countLiveObjects(kind);
    const [first] = [new Device().createBuffer(), new Device().createBuffer()];
    expect(count()).toEqual({ buffers: 2 });
    first.destroy();
    first.destroy();
    expect(count()).toEqual({ buffers: 1 });
  });

  it('counts objects that their maker deletes', () => {
    const maker = Context.prototype;
    const kind = { name: 'textures', maker, create: 'createTexture', destroyer: maker, destroy: 'deleteTexture' };
    const count = countLiveObjects(kind);
    const context = new Context();
    const textures = [context.createTexture(), context.createTexture()];
    context.deleteTexture(textures[0]);
    expect(count()).toEqual({ textures: 1 });
  });

  it('refuses a library without the method', () => {
    const maker = Context.prototype;
    const kind = { name: 'buffers', maker, create: 'createBuffer', destroyer: maker, destroy: 'deleteBuffer' };
    expect(() => countLiveObjects(kind)).toThrow('no method createBuffer to watch');
  });
});

describe('repeat', () => {
  it('reports what is held within a step and what is left at the end', async () => {
    let held = 3;
    const leak = async (whileHeld: () => void) => {
      held += 5;
      whileHeld();
      held -= 4;
    };
    let rests = 0;
    const rest = async () => {
      rests++;
    };
    expect(await repeat(leak, 10, () => ({ tensors: held }), rest)).toEqual({
      before: { tensors: 3 },
      held: { tensors: 17 },
      after: { tensors: 13 },
    });
    expect(rests).toBe(10);
  });

  it('compiles, runs and disposes an inception block in a cycle', async () => {
    const reference = createReferenceBackend();
    let executables = 0;
    const backend: typeof reference = {
      ...reference,
      async compile(graph, weights) {
        const executable = await reference.compile(graph, weights);
        executables++;
        const dispose = async () => {
          executables--;
          await executable.dispose();
        };
        return { ...executable, dispose };
      },
    };
    const counts = await repeat(cycle(backend, await memoryModel('block')), 2, () => ({ executables }));
    expect(counts).toEqual({ before: { executables: 0 }, held: { executables: 1 }, after: { executables: 0 } });
  });
});
