/** A JPEG with an EXIF note on how it is to be turned: 6 says a quarter to the right. */
export function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array {
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, ...entry, 0, 0, 0, 0];
  const exif = [...new TextEncoder().encode('Exif\0\0'), ...tiff];
  const [start, marker] = [
    [0xff, 0xd8],
    [0xff, 0xe1],
  ];
  return Uint8Array.from([...start, ...marker, 0, exif.length + 2, ...exif, ...jpeg.subarray(start.length)]);
}
