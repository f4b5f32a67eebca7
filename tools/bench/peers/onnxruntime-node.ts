import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expectFloat32, type Peer, type PeerOptions } from './peer.js';

/** onnxruntime-node on the CPU as its documentation shows it: a session with default options but for the threads. */
export async function openOnnxruntimeNode(model: Uint8Array, { threads }: PeerOptions): Promise<Peer> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: threads });
  return {
    async run(pictures, shape) {
      const outputs = await session.run({ picture: new Tensor('float32', pictures, shape) });
      return expectFloat32(outputs.fc.data);
    },
    close: () => session.release(),
  };
}
