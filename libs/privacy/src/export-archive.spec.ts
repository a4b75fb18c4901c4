import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { fromBufferPromise } from 'yauzl';
import { ExportArchive } from './export-archive.js';

const CHUNK = randomBytes(48 * 1024).toString('base64');
const CHUNKS = 200;

/** Reads a chunk only in the next turn of the event loop. */
const slowReader = (onRead: (bytes: Buffer) => void) =>
  new Writable({
    highWaterMark: 1,
    write: (bytes: Buffer, _, done) => {
      onRead(bytes);
      setImmediate(done);
    },
  });

describe('the archive of an export', () => {
  it('waits for its reader, so that memory holds a few chunks of an entry of any size', async () => {
    const archive = new ExportArchive();
    let read = 0;
    let mostUnread = 0;
    const bytes: Buffer[] = [];
    const reader = slowReader((chunk) => {
      read += chunk.length;
      bytes.push(chunk);
    });
    archive.output.pipe(reader);
    await archive.add('contacts.jsonl', async (write) => {
      for (let at = 1; at <= CHUNKS; at += 1) {
        await write(CHUNK);
        // Base64 of random bytes is compressed to three quarters.
        mostUnread = Math.max(mostUnread, at * CHUNK.length * 0.75 - read);
      }
    });
    archive.end();
    await once(reader, 'finish');
    expect(mostUnread).toBeLessThan(1024 * 1024);
    const opened = await fromBufferPromise(Buffer.concat(bytes));
    const sizes: number[] = [];
    for await (const { uncompressedSize } of opened.eachEntry()) sizes.push(uncompressedSize);
    expect(sizes).toEqual([CHUNKS * CHUNK.length]);
  });

  it('ends the writing when its reader fails', async () => {
    const archive = new ExportArchive();
    const writing = archive.add('contacts.jsonl', async (write) => {
      for (;;) await write(CHUNK);
    });
    setImmediate(() => archive.abort(new Error('The disk is full.')));
    archive.output.on('error', () => undefined);
    await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
  });
});
