import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TEST_CERTIFICATE } from '../../outbound/src/certificate.fixture.js';
import { checkLinks } from './link-check.js';

describe('checking link targets', () => {
  let server: Server;
  let port: number;
  beforeAll(async () => {
    const { key, certificate } = TEST_CERTIFICATE;
    server = createServer({ key, cert: certificate }, ({ url = '' }, response) => {
      const status = Number(url.slice(1));
      response.writeHead(status, status === 302 ? { location: '/404' } : {}).end('x'.repeat(100_000));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const link = (name: string, target: string) => ({ name, target, line: 7, column: 3 });
  const here = (path: string): string => `https://127.0.0.1:${port}/${path}`;
  const reach = () => ({
    ports: [port],
    allowedAddresses: ['127.0.0.1'],
    certificateAuthority: TEST_CERTIFICATE.certificate,
  });
  const codes = async (...targets: string[]): Promise<string[]> =>
    (
      await checkLinks(
        targets.map((target, at) => link(`link${at}`, target)),
        reach(),
      )
    ).map(({ code }) => code);

  it('says nothing of a page that is there, however long', async () => {
    expect(await codes(here('200'), here('204'))).toEqual([]);
  });

  it('reports a missing page, with its position and the correction', async () => {
    expect(await checkLinks([link('demo', here('404'))], reach())).toEqual([
      {
        code: 'link-dead',
        file: 'campaign.yaml',
        line: 7,
        column: 3,
        message: expect.stringContaining('demo leads to a page that is not there'),
        remedy: expect.stringContaining('Correct the target'),
      },
    ]);
    expect(await codes(here('410'), here('302'))).toEqual(['link-dead', 'link-dead']);
  });

  it('ignores servers that refuse programs or fail temporarily', async () => {
    expect(await codes(here('200'), here('403'), here('429'), here('503'))).toEqual(Array(3).fill('link-unclear'));
  });

  it('asks no address that is not public', async () => {
    expect(await codes('https://169.254.169.254/latest', 'https://10.0.0.1/')).toEqual([
      'link-not-public',
      'link-not-public',
    ]);
  });

  it('reports once that there is no internet access, and blocks nothing', async () => {
    const closed = { ...reach(), ports: [1], allowedAddresses: ['127.0.0.1'] };
    const advice = await checkLinks(
      [1, 2, 3].map((at) => link(`link${at}`, 'https://127.0.0.1:1/')),
      closed,
    );
    expect(advice.map(({ code }) => code)).toEqual(['links-unchecked']);
    expect(advice[0]?.message).toContain('this machine may have no way out');
  });

  it('asks no reserved name', async () => {
    expect(await codes('https://www.northwind.example/demo', 'https://www.example.com/')).toEqual([]);
  });
});
