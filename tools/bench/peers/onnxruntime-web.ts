import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import { expectFloat32, type Peer, type PeerOptions } from './peer.js';

/** onnxruntime-web's wasm as its documentation shows it. The thread count is the runtime's, set before its first use. */
export async function openOnnxruntimeWeb(model: Uint8Array, { threads }: PeerOptions): Promise<Peer> {
  env.wasm.numThreads = threads;
  const session = await InferenceSession.create(model, { executionProviders: ['wasm'] });
  return {
    async run(pictures, shape) {
      const outputs = await session.run({ picture: new Tensor('float32', pictures, shape) });
      return expectFloat32(outputs.fc.data);
    },
    close: () => session.release(),
  };
}
