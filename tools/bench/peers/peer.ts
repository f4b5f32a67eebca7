/** A library used directly, without Strata, on the same network and weights. */
export interface Peer {
  /** Logits for one batch of pictures, NCHW. */
  run(pictures: Float32Array, shape: readonly number[]): Promise<Float32Array>;
  close(): Promise<void>;
}

export interface PeerOptions {
  readonly threads: number;
}

/** The float32 array of a tensor's data; throws when the library returned another type. */
export function expectFloat32(data: unknown): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new TypeError(`peer: logits are ${Object.prototype.toString.call(data)}, want Float32Array`);
}
