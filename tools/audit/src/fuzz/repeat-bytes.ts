/** The same bytes so many times. */
export function repeatBytes(part: Uint8Array, times: number): Uint8Array {
  const repeated = new Uint8Array(part.length * times);
  for (let at = 0; part.length > 0 && at < repeated.length; at += part.length) repeated.set(part, at);
  return repeated;
}
