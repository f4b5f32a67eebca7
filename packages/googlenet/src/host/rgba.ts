/** From grey, grey + opacity, RGB or RGBA, a byte each. */
export function toRgba(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 4) return data;
  const count = data.length / channels;
  const rgba = new Uint8Array(count * 4);
  const hasColour = channels >= 3;
  for (let pixel = 0; pixel < count; pixel++) {
    const from = pixel * channels;
    rgba[pixel * 4] = data[from];
    rgba[pixel * 4 + 1] = data[hasColour ? from + 1 : from];
    rgba[pixel * 4 + 2] = data[hasColour ? from + 2 : from];
    rgba[pixel * 4 + 3] = channels === 2 ? data[from + 1] : 255;
  }
  return rgba;
}

/** From cyan, magenta, yellow and black without a profile: what browsers show, (1 − colour)(1 − black). */
export function fromCmyk(cmyk: Uint8Array): Uint8Array {
  const rgba = new Uint8Array(cmyk.length);
  for (let i = 0; i < cmyk.length; i += 4) {
    const light = 255 - cmyk[i + 3];
    for (let ink = 0; ink < 3; ink++) rgba[i + ink] = Math.round(((255 - cmyk[i + ink]) * light) / 255);
    rgba[i + 3] = 255;
  }
  return rgba;
}
