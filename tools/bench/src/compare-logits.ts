/** How far two sides' logits are apart. */
export interface LogitAgreement {
  /** Largest |ours − peer| over largest |peer|. */
  readonly worst: number;
  /** Whether both sides choose the same class for every picture. */
  readonly sameClasses: boolean;
}

export function compareLogits(ours: Float32Array, peer: Float32Array, classes: number): LogitAgreement {
  if (ours.length !== peer.length) throw new RangeError(`${ours.length} logits, want ${peer.length}`);
  const scale = peer.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const worst = ours.reduce((largest, value, i) => Math.max(largest, Math.abs(value - peer[i])), 0) / scale;
  const pictures = Array.from({ length: peer.length / classes }, (_, n) => n * classes);
  const best = (logits: Float32Array, start: number) => {
    const own = logits.subarray(start, start + classes);
    return own.indexOf(Math.max(...own));
  };
  return { worst, sameClasses: pictures.every((start) => best(ours, start) === best(peer, start)) };
}
