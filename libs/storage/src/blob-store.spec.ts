import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
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

  describe('deletes a blob', () => {
    const before = new Date(Date.now() - 60_000);
    const pathOf = (hash: string): string => join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
    const asIfStoredLongAgo = (hash: string): void => utimesSync(pathOf(hash), new Date(0), new Date(0));

    it('that was stored to be removed, and last before a time', async () => {
      const hash = await blobs.putRemovable(Buffer.from('removable'));
      expect(await blobs.removeUnused(hash, before)).toBe(false);
      asIfStoredLongAgo(hash);
      expect(await blobs.isOlder(hash, before)).toBe(true);
      expect(await blobs.removeUnused(hash, before)).toBe(true);
      expect(await blobs.has(hash)).toBe(false);
      expect(await blobs.removeUnused(hash, before)).toBe(true);
    });

    it('unless the same bytes were stored again since', async () => {
      const hash = await blobs.putRemovable(Buffer.from('again'));
      asIfStoredLongAgo(hash);
      await blobs.putRemovable(Buffer.from('again'));
      expect(await blobs.removeUnused(hash, before)).toBe(false);
      expect((await blobs.get(hash)).toString()).toBe('again');
    });

    it.each(['before', 'after'])('unless the same bytes were stored for ever %s', async (when) => {
      const bytes = Buffer.from(`for ever ${when}`);
      if (when === 'before') await blobs.put(bytes);
      const hash = await blobs.putRemovable(bytes);
      if (when === 'after') await blobs.put(bytes);
      asIfStoredLongAgo(hash);
      expect(await blobs.removeUnused(hash, before)).toBe(false);
      expect((await blobs.get(hash)).equals(bytes)).toBe(true);
    });

    it('never so that bytes which are stored meanwhile are lost', async () => {
      for (let round = 0; round < 200; round++) {
        const bytes = Buffer.from(`meanwhile ${round}`);
        const hash = await blobs.putRemovable(bytes);
        asIfStoredLongAgo(hash);
        await Promise.all([blobs.removeUnused(hash, before), blobs.putRemovable(bytes)]);
        expect((await blobs.get(hash)).equals(bytes)).toBe(true);
      }
    });
  });
});
