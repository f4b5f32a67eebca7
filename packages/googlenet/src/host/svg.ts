import { InputError, UnsupportedError } from '@strata/core';

/** An SVG drawn at its own size, or at that of its view box where it names none. Only a page draws one. */
export async function loadSvg(bytes: Uint8Array, where: string): Promise<HTMLImageElement> {
  if (typeof document === 'undefined') {
    throw new UnsupportedError({ where, got: 'an SVG, which workers do not draw', hint: 'draw it in the page' });
  }
  const parsed = new DOMParser().parseFromString(new TextDecoder().decode(bytes), 'image/svg+xml');
  const root = parsed.documentElement;
  if (!(root instanceof SVGSVGElement)) throw new InputError({ where, got: 'an SVG that is not well formed' });
  const { width, height } = root.viewBox.baseVal;
  if (width > 0 && height > 0 && !isLength(root.getAttribute('width')) && !isLength(root.getAttribute('height'))) {
    root.setAttribute('width', String(width));
    root.setAttribute('height', String(height));
  }
  const text = new XMLSerializer().serializeToString(parsed);
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = Object.assign(new Image(), { src: url });
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Whether a size stands for itself; a share of the page does not. */
function isLength(size: string | null): boolean {
  return size !== null && !size.includes('%');
}
