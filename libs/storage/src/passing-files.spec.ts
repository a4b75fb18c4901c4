import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassingFiles } from './index.js';

describe('files that one process makes for another', () => {
  const folder = mkdtempSync(join(tmpdir(), 'passing-'));
  const files = new PassingFiles(join(folder, 'passing'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are taken once, and leave nothing behind', async () => {
    const [one, other] = await Promise.all([files.leave(Buffer.from('same')), files.leave(Buffer.from('same'))]);
    expect((await files.take(one)).toString()).toBe('same');
    await expect(files.take(one)).rejects.toMatchObject({ code: 'file.not-found' });
    expect((await files.take(other)).toString()).toBe('same');
    expect(readdirSync(join(folder, 'passing'))).toEqual([]);
  });

  it('go when nobody takes them, and only then', async () => {
    const [old, young] = [await files.leave(Buffer.from('old')), await files.leave(Buffer.from('young'))];
    utimesSync(join(folder, 'passing', old), new Date(0), new Date(0));
    expect(await files.sweep(new Date(Date.now() - 3_600_000))).toBe(1);
    await expect(files.take(old)).rejects.toMatchObject({ code: 'file.not-found' });
    expect((await files.take(young)).toString()).toBe('young');
  });

  it('are swept where none was ever left', async () => {
    expect(await new PassingFiles(join(folder, 'nowhere')).sweep(new Date())).toBe(0);
  });

  it('are refused under any other name, whatever it climbs to', async () => {
    writeFileSync(join(folder, 'secret'), 'secret');
    await expect(files.take('../secret')).rejects.toMatchObject({ code: 'file.not-found' });
    expect(readdirSync(folder)).toContain('secret');
  });

  it('name the folder when it cannot be written', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    await expect(new PassingFiles(file).leave(Buffer.from('x'))).rejects.toThrow(file);
  });
});
