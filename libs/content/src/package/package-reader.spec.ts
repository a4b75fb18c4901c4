import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { campaignFiles, renamedInZip, zipOf } from './package.fixture.js';
import { readPackage } from './package-reader.js';
import { writeZip } from './package-writer.js';

const codesOf = async (zip: Buffer): Promise<string[]> => {
  const reading = await readPackage({ zip });
  return reading.ok ? [] : reading.problems.map(({ code, file }) => `${code} ${file}`);
};

describe('a package', () => {
  it('is taken from a zip', async () => {
    const reading = await readPackage({ zip: await zipOf(campaignFiles()) });
    expect(reading.ok && [...reading.pkg.files.keys()].sort()).toEqual(
      ['campaign.yaml', 'emails/welcome.mjml', 'locales/de.yaml', 'locales/en.yaml'].sort(),
    );
  });

  it('is taken from a zip of its folder, with what a desktop adds', async () => {
    const files = new Map([...campaignFiles()].map(([path, bytes]) => [`edge/${path}`, bytes]));
    files.set('__MACOSX/edge/._campaign.yaml', Buffer.from('x')).set('edge/.DS_Store', Buffer.from('x'));
    const reading = await readPackage({ zip: await zipOf(files) });
    expect(reading.ok && reading.pkg.files.has('campaign.yaml')).toBe(true);
  });

  it('is packed into the same bytes whenever it is packed', async () => {
    const one = await writeZip({ files: campaignFiles() });
    const other = await writeZip({ files: new Map([...campaignFiles()].reverse()) });
    expect(one.equals(other)).toBe(true);
    expect((await readPackage({ zip: one })).ok).toBe(true);
  });

  it.each(['../evil.yaml', '/etc/passwd0', 'C:/evil.yaml', 'a\\..\\evil.md', 'x/../../e.md'])(
    'is refused for a path that leads out: %s',
    async (path) => {
      const honest = 'q'.repeat(path.length);
      const zip = renamedInZip(await zipOf(campaignFiles({ [honest]: 'x' })), honest, path);
      expect(await codesOf(zip)).toEqual([`path-outside ${path}`]);
    },
  );

  it('is refused for every bad path at once', async () => {
    let zip = await zipOf(campaignFiles({ 'aa/one.md': 'x', 'bb/two.md': 'x' }));
    zip = renamedInZip(renamedInZip(zip, 'aa/one.md', '../one.md'), 'bb/two.md', '../two.md');
    expect(await codesOf(zip)).toEqual(['path-outside ../one.md', 'path-outside ../two.md']);
  });

  it('is refused for a symbolic link', async () => {
    expect(await codesOf(await zipOf(new Map([['campaign.yaml', Buffer.from('/etc/passwd')]]), 0o120777))).toEqual([
      'file-not-plain campaign.yaml',
    ]);
  });

  it('is refused for a file that unpacks to a thousand times its size', async () => {
    const zip = await zipOf(campaignFiles({ 'images/a.png': Buffer.alloc(9_000_000) }));
    expect(zip.length).toBeLessThan(60_000);
    expect(await codesOf(zip)).toEqual(['zip-bomb images/a.png']);
  });

  it('is refused for a file that is larger than it says', async () => {
    const zip = await zipOf(campaignFiles({ 'images/a.png': Buffer.alloc(500_000, 'ab') }));
    const size = Buffer.alloc(4);
    size.writeUInt32LE(500_000);
    const lie = Buffer.alloc(4);
    lie.writeUInt32LE(10);
    const lying = Buffer.from(
      zip.toString('latin1').replaceAll(size.toString('latin1'), lie.toString('latin1')),
      'latin1',
    );
    expect(await codesOf(lying)).toEqual(['zip-unreadable campaign.yaml']);
  });

  it('is refused when all of it is too much', async () => {
    // A ratio of eight to one: it compresses like text, not like a zip bomb.
    const bytes = Buffer.alloc(8_000_000);
    for (let at = 0; at < bytes.length; at += 800) randomBytes(100).copy(bytes, at);
    const many = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`images/${at}.png`, bytes]));
    expect(await codesOf(await zipOf(campaignFiles(many)))).toEqual(['package-too-large campaign.yaml']);
  });

  it('is refused for too many files', async () => {
    const many = Object.fromEntries(Array.from({ length: 301 }, (_, at) => [`notes/${at}.md`, 'x']));
    expect(await codesOf(await zipOf(campaignFiles(many)))).toEqual(['package-too-many-files campaign.yaml']);
  });

  it('is refused for a file of an unknown type', async () => {
    expect(await codesOf(await zipOf(campaignFiles({ 'run.exe': 'MZ' })))).toEqual(['file-type-unknown run.exe']);
  });

  it('is refused for two names that differ in case only', async () => {
    expect(await codesOf(await zipOf(campaignFiles({ 'Locales/EN.yaml': 'a: b' })))).toEqual([
      'path-twice Locales/EN.yaml',
    ]);
  });

  it('is refused when it is no zip', async () => {
    expect(await codesOf(Buffer.from('PK? no'))).toEqual(['zip-unreadable campaign.yaml']);
  });

  it('is refused without a campaign.yaml', async () => {
    expect(await codesOf(await zipOf(campaignFiles({ 'campaign.yaml': null })))).toEqual([
      'campaign-missing campaign.yaml',
    ]);
  });
});

describe('a campaign folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'throughline-package-'));
    for (const [path, bytes] of campaignFiles()) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is read like a zip', async () => {
    const reading = await readPackage({ folder });
    expect(reading.ok && reading.pkg.files.size).toBe(4);
  });

  it('is refused for a symbolic link', async () => {
    await symlink('/etc/passwd', join(folder, 'locales/fr.yaml'));
    const reading = await readPackage({ folder });
    expect(!reading.ok && reading.problems.map(({ code, file }) => [code, file])).toEqual([
      ['file-not-plain', 'locales/fr.yaml'],
    ]);
  });
});
