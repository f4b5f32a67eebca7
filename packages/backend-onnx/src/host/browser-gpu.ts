/** Why WebGPU can not be here, told without asking for an adapter. */
export function whyNoWebgpu(): string | undefined {
  return 'gpu' in navigator ? undefined : 'this browser has no WebGPU, or the page is not served by https or localhost';
}
