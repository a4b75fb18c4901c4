import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobStore } from './index.js';

describe('the blob store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'blobs-'));
  const blobs = new BlobStore(folder);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('gives back the bytes by their hash', async () => {
    const hash = await blobs.put(Buffer.from('hello'));
    expect(hash).toBe('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824');
    expect((await blobs.get(hash)).toString()).toBe('hello');
    expect((await blobs.stream(hash)).size).toBe(5);
  });

  it('stores the same bytes once, also when many write them together', async () => {
    const hashes = await Promise.all(Array.from({ length: 20 }, () => blobs.put(Buffer.from('same'))));
    expect(new Set(hashes).size).toBe(1);
    expect(
      readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
        (entry) => entry.isFile() && entry.name.startsWith(hashes[0]!),
      ).length,
    ).toBe(1);
  });

  it('refuses a name that is no hash, whatever it climbs to', async () => {
    await expect(blobs.get('../../etc/passwd')).rejects.toMatchObject({ code: 'blob.hash-malformed' });
  });

  it('says what to look at when a file is missing', async () => {
    await expect(blobs.get('0'.repeat(64))).rejects.toMatchObject({ code: 'blob.not-found' });
  });

  it('names the folder when it cannot be written', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    await expect(new BlobStore(file).put(Buffer.from('x'))).rejects.toThrow(file);
  });
});
