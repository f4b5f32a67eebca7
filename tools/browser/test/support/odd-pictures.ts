import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { withOrientation } from './orientation.js';

const [width, height] = [61, 47];

/** A colourful picture, smooth but for one edge, whose corners differ, with an opacity that goes from 0 to 1. */
function draw(opacity: (x: number, y: number) => number = () => 255): Buffer {
  const data = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = Math.hypot(x - 26, y - 22) < 14;
      const [u, v] = [x / width, y / height];
      const colour = inside ? [40 + 60 * u, 20 + 50 * v, 90] : [250 - 40 * v, 240 - 60 * u, 200 + 40 * u];
      data.set([...colour.map(Math.round), opacity(x, y)], 4 * (y * width + x));
    }
  }
  return data;
}

const raw = { raw: { width, height, channels: 4 as const } };
const opaque = (): Sharp => sharp(draw(), raw).removeAlpha();
const cutOut = (): Sharp =>
  sharp(
    draw((x) => Math.min(255, 5 * x)),
    raw,
  );

/** Files that are unusual, each in its way, by name; what a browser makes of them is what Node is held to. */
export async function oddPictures(): Promise<ReadonlyMap<string, Uint8Array>> {
  const jpeg = await opaque().jpeg({ quality: 92 }).toBuffer();
  const full = await opaque().jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer();
  const png = await opaque().png().toBuffer();
  const large = opaque().resize(400, 300, { kernel: 'cubic' });
  const frames = [0, 1].map((index) => (index === 0 ? draw() : draw().reverse()));
  const animation = sharp(Buffer.concat(frames), {
    raw: { width, height: 2 * height, channels: 4, pageHeight: height },
  });
  const strip = (w: number, h: number) => opaque().resize(w, h, { fit: 'fill', kernel: 'cubic' });
  const made: Record<string, Uint8Array | Promise<Uint8Array>> = {
    'jpeg.jpg': jpeg,
    'jpeg-444.jpg': full,
    'jpeg-large.jpg': large.clone().jpeg().toBuffer(),
    'jpeg-progressive.jpg': opaque().jpeg({ progressive: true }).toBuffer(),
    'jpeg-grey.jpg': opaque().toColourspace('b-w').jpeg().toBuffer(),
    'jpeg-cmyk.jpg': opaque().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer(),
    'jpeg-cmyk-profile.jpg': opaque().toColourspace('cmyk').withIccProfile('cmyk').jpeg({ quality: 95 }).toBuffer(),
    'jpeg-se-0.jpg': withoutSpectralEnd(jpeg),
    'jpeg-more-behind.jpg': Buffer.concat([jpeg, Buffer.from('more behind the end')]),
    'jpeg-no-end.jpg': jpeg.subarray(0, -2),
    'jpeg-stuffed.jpg': stuffed(jpeg),
    'jpeg-cut.jpg': jpeg.subarray(0, jpeg.length / 2),
    'jpeg-cut-header.jpg': jpeg.subarray(0, 100),
    'jpeg-p3.jpg': opaque().withIccProfile('p3').jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer(),
    'jpeg-named-png.png': full,
    'png.png': png,
    'png-alpha.png': cutOut().png().toBuffer(),
    'png-grey.png': opaque().toColourspace('b-w').png().toBuffer(),
    'png-grey-alpha.png': cutOut().toColourspace('b-w').png().toBuffer(),
    'png-palette.png': opaque().png({ palette: true, colours: 16, dither: 0 }).toBuffer(),
    'png-palette-alpha.png': cutOut().png({ palette: true, colours: 32, dither: 0 }).toBuffer(),
    'png-1-bit.png': opaque().toColourspace('b-w').threshold(128).png({ palette: true, colours: 2 }).toBuffer(),
    'png-16.png': opaque().toColourspace('rgb16').png().toBuffer(),
    'png-16-grey.png': opaque().toColourspace('grey16').png().toBuffer(),
    'png-16-alpha.png': cutOut().toColourspace('rgb16').png().toBuffer(),
    'png-16-low-bytes.png': deepPng(),
    'png-interlaced.png': opaque().png({ progressive: true }).toBuffer(),
    'png-gamma.png': withChunk(png, 'gAMA', Uint8Array.of(0, 0, 0xb1, 0x8f)),
    'png-gamma-linear.png': withChunk(png, 'gAMA', Uint8Array.of(0, 1, 0x86, 0xa0)),
    'png-key.png': withChunk(png, 'tRNS', Uint8Array.of(0, 40, 0, 20, 0, 90)),
    'png-p3.png': opaque().withIccProfile('p3').png().toBuffer(),
    'png-bad-profile.png': withChunk(
      png,
      'iCCP',
      Buffer.concat([Buffer.from('x\0\0'), deflateSync(Buffer.alloc(200, 7))]),
    ),
    'png-bad-crc.png': withBadText(png),
    'png-cut.png': png.subarray(0, png.length / 2),
    'png-more-behind.png': Buffer.concat([png, Buffer.from('more')]),
    'webp.webp': opaque().webp({ quality: 95 }).toBuffer(),
    'webp-lossless.webp': opaque().webp({ lossless: true }).toBuffer(),
    'webp-alpha.webp': cutOut().webp({ lossless: true, exact: true }).toBuffer(),
    'webp-animated.webp': animation.clone().webp({ lossless: true }).toBuffer(),
    'webp-cut.webp': opaque()
      .webp()
      .toBuffer()
      .then((all) => all.subarray(0, all.length / 2)),
    'webp-turned.webp': opaque().withMetadata({ orientation: 6 }).webp({ lossless: true }).toBuffer(),
    'gif.gif': opaque().gif({ dither: 0 }).toBuffer(),
    'gif-transparent.gif': sharp(
      draw((x) => (x < 20 ? 0 : 255)),
      raw,
    )
      .gif({ dither: 0 })
      .toBuffer(),
    'gif-animated.gif': animation.clone().gif({ dither: 0 }).toBuffer(),
    'gif-cut.gif': opaque()
      .gif()
      .toBuffer()
      .then((all) => all.subarray(0, all.length / 2)),
    'gif-small-frame.gif': smallFrameGif(),
    'avif.avif': opaque().avif({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer(),
    'avif-420.avif': opaque().avif({ quality: 80, chromaSubsampling: '4:2:0' }).toBuffer(),
    // Half-opaque ones of this encoder are read as 16 to 235 by Chromium.
    'avif-alpha.avif': sharp(
      draw((x) => (x < 20 ? 0 : 255)),
      raw,
    )
      .avif({ lossless: true })
      .toBuffer(),
    'avif-turned.avif': opaque().withMetadata({ orientation: 6 }).avif({ lossless: true }).toBuffer(),
    'png-turned.png': opaque().withMetadata({ orientation: 6 }).png().toBuffer(),
    'one-pixel.png': strip(1, 1).png().toBuffer(),
    'one-pixel.jpg': strip(1, 1).jpeg().toBuffer(),
    'thin.png': strip(1, 5000).png().toBuffer(),
    'flat.jpg': strip(5000, 1).jpeg().toBuffer(),
    'svg.svg': svg('width="60" height="40" viewBox="0 0 60 40"'),
    'svg-no-size.svg': svg('viewBox="0 0 60 40"'),
    'svg-percent.svg': svg('width="100%" height="100%" viewBox="0 0 60 40"'),
    'svg-nothing.svg': svg(''),
    'bitmap.bmp': bmp(),
  };
  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
    made[`turned-${orientation}.jpg`] = withOrientation(full, orientation);
  }
  const entries = Object.entries(made).map(async ([name, bytes]) => [name, Uint8Array.from(await bytes)] as const);
  return new Map(await Promise.all(entries));
}

/** Se of the scan header as 0, as some phones write it. */
function withoutSpectralEnd(jpeg: Uint8Array): Uint8Array {
  const bytes = Buffer.from(jpeg);
  const scan = bytes.indexOf(Buffer.from([0xff, 0xda]));
  bytes[scan + 2 + bytes.readUInt16BE(scan + 2) - 2] = 0;
  return bytes;
}

/** Rubbish between two segments, which decoders skip with a warning. */
function stuffed(jpeg: Buffer): Uint8Array {
  const tables = jpeg.indexOf(Buffer.from([0xff, 0xdb]));
  return Buffer.concat([jpeg.subarray(0, tables), Buffer.from([1, 2, 3]), jpeg.subarray(tables)]);
}

/** A chunk behind a PNG's header. */
function withChunk(png: Buffer, type: string, data: Uint8Array): Uint8Array {
  return Buffer.concat([png.subarray(0, 33), chunk(type, data), png.subarray(33)]);
}

function withBadText(png: Buffer): Uint8Array {
  const text = chunk('tEXt', Buffer.from('a\0b'));
  text[text.length - 1] ^= 1;
  return Buffer.concat([png.subarray(0, 33), text, png.subarray(33)]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** 16-bit RGB whose low bytes matter to whoever rounds. */
function deepPng(): Uint8Array {
  const rows = Buffer.alloc(height * (1 + 6 * width));
  for (let i = 0; i < height * width * 3; i++) {
    const row = Math.floor(i / (3 * width));
    rows.writeUInt16BE((i * 40503) % 65536, row * (1 + 6 * width) + 1 + 2 * (i % (3 * width)));
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([16, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, ...Buffer.from('PNG\r\n\x1a\n')]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A canvas of 4×3 with a frame of 2×1 in it: one red and one blue pixel at column 1, row 1. */
function smallFrameGif(): Uint8Array {
  const screen = [4, 0, 3, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 255];
  const frame = [0x2c, 1, 0, 1, 0, 2, 0, 1, 0, 0];
  // Codes of three bits: clear, 0, 1, end.
  const codes = 4 | (0 << 3) | (1 << 6) | (5 << 9);
  return Uint8Array.from([...Buffer.from('GIF89a'), ...screen, ...frame, 2, 2, codes & 255, codes >> 8, 0, 0x3b]);
}

/** Edges on whole pixels, so that nothing is smoothed. */
function svg(size: string): Uint8Array {
  const shapes = '<rect width="60" height="40" fill="#eee"/><rect x="15" y="10" width="30" height="20" fill="#246"/>';
  return new TextEncoder().encode(`<svg xmlns="http://www.w3.org/2000/svg" ${size}>${shapes}</svg>`);
}

function bmp(): Uint8Array {
  const bytes = Buffer.alloc(54 + 16, 200);
  bytes.fill(0, 0, 54);
  bytes.write('BM');
  bytes.writeUInt32LE(70, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(2, 18);
  bytes.writeInt32LE(2, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  return bytes;
}
