/** Whether an adapter of that name computes on the CPU. */
export function isSoftware(adapter: string): boolean {
  return /swiftshader|llvmpipe|lavapipe|softpipe|microsoft basic render|\bwarp\b/i.test(adapter);
}
