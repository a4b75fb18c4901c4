import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE_BYTES = 8;

/** One chunk of a PNG (PNG specification, 5.3). */
export function chunk(type: string, data: Buffer): Buffer {
  const frame = Buffer.alloc(data.length + 12);
  frame.writeUInt32BE(data.length, 0);
  frame.write(type, 4, 'latin1');
  data.copy(frame, 8);
  frame.writeUInt32BE(crc32(frame.subarray(4, 8 + data.length)), 8 + data.length);
  return frame;
}

const headEnd = SIGNATURE_BYTES + 25;

/** A PNG with chunks put behind its head. */
export const withChunks = (png: Buffer, ...chunks: readonly Buffer[]): Buffer =>
  Buffer.concat([png.subarray(0, headEnd), ...chunks, png.subarray(headEnd)]);

const sizes = (...numbers: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, at) => bytes.writeUInt32BE(number, at * 4));
  return bytes;
};

/**
 * An animation whose first picture is the PNG as it was, and whose second is
 * all black: what viewers that can show it end with.
 */
export function animated(png: Buffer, width: number, height: number): Buffer {
  const frame = (sequence: number): Buffer =>
    chunk('fcTL', Buffer.concat([sizes(sequence, width, height, 0, 0), Buffer.from([0, 1, 0, 10, 0, 0])]));
  const black = deflateSync(Buffer.alloc((width * 3 + 1) * height));
  const moving = withChunks(png, chunk('acTL', sizes(2, 1)), frame(0));
  const end = moving.subarray(-12);
  return Buffer.concat([moving.subarray(0, -12), frame(1), chunk('fdAT', Buffer.concat([sizes(2), black])), end]);
}

/** A PNG of one colour that promises this many pixels; its data is a few KB. */
export function flood(width: number, height: number, rows: number): Buffer {
  const head = Buffer.concat([sizes(width, height), Buffer.from([8, 0, 0, 0, 0])]);
  const data = deflateSync(Buffer.alloc((width + 1) * rows), { level: 9 });
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A text that unpacks to this many megabytes, as chunk of this type. */
export const packedText = (type: 'zTXt' | 'iCCP', megabytes: number): Buffer =>
  chunk(
    type,
    Buffer.concat([
      Buffer.from('Comment\0\0', 'latin1'),
      deflateSync(Buffer.alloc(megabytes * 1_000_000), { level: 9 }),
    ]),
  );
