import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportPackage, push } from '../../apps/cli/src/commands.js';
import { RendererModule } from '../../apps/renderer/src/renderer.module.js';
import { campaignFiles, zipOf } from '../../libs/content/src/package/package.fixture.js';
import { createTestApi, type TestApi } from '../support/api.js';

describe('the command line against the API', () => {
  let api: TestApi;
  let folder: string;
  let url: string;
  let key: string;
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);

  beforeAll(async () => {
    api = await createTestApi({ with: [RendererModule], consume: { rendering: 1, imports: 1 } });
    folder = await mkdtemp(join(tmpdir(), 'throughline-cli-'));
    url = `http://127.0.0.1:${(api.app.getHttpServer() as { address: () => AddressInfo }).address().port}`;
    key = await api.apiKey((await api.aVendor()).vendorId, 'vendor', 'marketer');
  });
  afterAll(async () => {
    await api.close();
    await rm(folder, { recursive: true });
  });

  it('uploads a campaign, then its draft again, and fetches it back', async () => {
    const zip = join(folder, 'edge.zip');
    await writeFile(zip, await zipOf(campaignFiles()));
    await push(zip, { url, key }, print);
    await push(zip, { url, key }, print);
    expect(lines).toEqual([1, 2].map(() => expect.stringMatching(/^Version 1 of zero-trust-edge is a draft now/)));
    const output = join(folder, 'back.zip');
    await exportPackage('zero-trust-edge', { url, key, number: null, output }, print);
    expect((await readFile(output)).equals(await readFile(zip))).toBe(true);
  });

  it('says what the API refused', async () => {
    const zip = join(folder, 'edge.zip');
    await writeFile(zip, await zipOf(campaignFiles()));
    await expect(push(zip, { url, key: 'wrong' }, print)).rejects.toMatchObject({ exitCode: 1 });
    await expect(exportPackage('nothing', { url, key, number: null, output: null }, print)).rejects.toThrow(
      'no campaign "nothing"',
    );
  });
});
