import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TemporaryFiles } from './index.js';

describe('files that one process makes for another', () => {
  const folder = mkdtempSync(join(tmpdir(), 'passing-'));
  const files = new TemporaryFiles(join(folder, 'temporary'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are taken once, and leave nothing behind', async () => {
    const [one, other] = await Promise.all([files.save(Buffer.from('same')), files.save(Buffer.from('same'))]);
    expect((await files.readOnce(one)).toString()).toBe('same');
    await expect(files.readOnce(one)).rejects.toMatchObject({ code: 'file.not-found' });
    expect((await files.readOnce(other)).toString()).toBe('same');
    expect(readdirSync(join(folder, 'temporary'))).toEqual([]);
  });

  it('are deleted after their time only, if they were not read', async () => {
    const [old, young] = [await files.save(Buffer.from('old')), await files.save(Buffer.from('young'))];
    utimesSync(join(folder, 'temporary', old), new Date(0), new Date(0));
    expect(await files.sweep(new Date(Date.now() - 3_600_000))).toBe(1);
    await expect(files.readOnce(old)).rejects.toMatchObject({ code: 'file.not-found' });
    expect((await files.readOnce(young)).toString()).toBe('young');
  });

  it('are swept where none was ever left', async () => {
    expect(await new TemporaryFiles(join(folder, 'nowhere')).sweep(new Date())).toBe(0);
  });

  it('are refused under any other name, whatever it climbs to', async () => {
    writeFileSync(join(folder, 'secret'), 'secret');
    await expect(files.readOnce('../secret')).rejects.toMatchObject({ code: 'file.not-found' });
    expect(readdirSync(folder)).toContain('secret');
  });

  it('name the folder when it cannot be written', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    await expect(new TemporaryFiles(file).save(Buffer.from('x'))).rejects.toThrow(file);
  });
});
