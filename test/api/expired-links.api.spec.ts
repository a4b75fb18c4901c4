import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONFIG, type Config } from '#config';
import { Clicks, ClickVerdicts, MessageLinks, ReturnAddresses } from '#engagement';
import { Database } from '#database';
import { Clock } from '#kernel';
import { Retentions } from '#privacy';
import { TokenKeys } from '../../libs/engagement/src/token-keys.service.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const YEAR_MS = 365 * 86_400_000;
const NEWER = ['a key of the year after, 32 characters', 'a key of the second year, 32 characters'];
/**
 * Nobody's click: a person's would keep them from being forgotten for a while.
 */
const PROGRAM = { method: 'HEAD', headers: { 'user-agent': 'curl/8' }, address: '203.0.113.9' };

describe('a mail of long ago', () => {
  let stage: TestProduct;
  let folder: string;

  beforeAll(async () => {
    stage = await openTestProduct();
    folder = mkdtempSync(join(tmpdir(), 'throughline-old-links-'));
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(async () => {
    await stage.close();
    rmSync(folder, { recursive: true });
  });

  /** As a process that is started with other keys has it. */
  const linksWith = (
    keys: Partial<Pick<Config, 'SECRET_KEY' | 'LINK_KEYS'>>,
  ): { readonly links: MessageLinks; readonly addresses: ReturnAddresses } => {
    const { app } = stage.api;
    const config = { ...app.get<Config>(CONFIG), ...keys };
    const tokenKeys = new TokenKeys(config);
    return {
      links: new MessageLinks(tokenKeys, app.get(Database), config),
      addresses: new ReturnAddresses(tokenKeys, config),
    };
  };
  const clicksWith = (links: MessageLinks): Clicks => {
    const { app } = stage.api;
    const config = { ...app.get<Config>(CONFIG), JOURNAL_FOLDER: folder };
    return new Clicks(links, app.get(ClickVerdicts), app.get(Database), app.get(Clock), config);
  };

  it('leads nowhere under keys that are none of those that it was sealed with', async () => {
    const { email } = await stage.running();
    const [mail] = await stage.mailTo(email);
    const [, token] = /\/l\/([\w-]+)/.exec(mail!.html as string)!;
    const { links: strangers } = linksWith({ SECRET_KEY: NEWER[0]!, LINK_KEYS: [NEWER[1]!] });
    await expect(clicksWith(strangers).follow(token!, PROGRAM)).rejects.toMatchObject({ code: 'link.not-found' });
  });

  it('leads where it led and lets people leave, under newer keys, with its campaign retired and its person forgotten', async () => {
    const { email, path } = await stage.running();
    const [mail] = await stage.mailTo(email);
    await until(async () => (await stage.partner.owner.get(path)).body.steps[0]?.sent === 1, 'the mail');
    const tokens = [...new Set([...(mail!.html as string).matchAll(/\/l\/([\w-]+)/g)].map(([, token]) => token!))];
    const leave = /\/u\/([\w-]+)/.exec(JSON.stringify(mail!.headers.get('list')))![1]!;
    const leadsTo = async (clicks: Clicks): Promise<(string | undefined)[]> =>
      Promise.all(
        tokens.map(async (token) => (await clicks.follow(token, PROGRAM)).target?.replace(/\?t=[\w-]+$/, '')),
      );
    const before = await leadsTo(stage.api.app.get(Clicks));
    expect(before.length).toBeGreaterThan(1);
    expect(before).not.toContain(undefined);

    await stage.vendor.editor.post(`/api/v1/campaigns/${stage.campaign.campaignId}/retire`).expect(200);
    await until(async () => (await stage.partner.owner.get(path)).body.status === 'stopped', 'the end');
    stage.api.clock.advance(5 * YEAR_MS);
    await stage.api.app.get(Clicks).flushed();
    await stage.api.app.get(Retentions, { strict: false }).run(stage.partner.id);
    expect((await stage.partner.owner.get(`/api/v1/contacts?q=${email}`).expect(200)).body.items).toEqual([]);

    const { links, addresses } = linksWith({ LINK_KEYS: NEWER });
    const clicks = clicksWith(links);
    expect(await leadsTo(clicks)).toEqual(before);
    await clicks.flushed();
    await clicks.onApplicationShutdown();
    expect(await links.openLinkFor(leave, 'unsubscribe')).toMatchObject({ partnerId: stage.partner.id });
    expect(addresses.openReturnAddress(stage.mails.returnPathTo(email))).not.toBeNull();
    const { messageId, purpose } = links.openLink(tokens[0]!);
    expect(Object.values(links.linksOf(messageId, ['first'])).join()).not.toContain(tokens[purpose]);
    await stage.api.http.post(`/u/${leave}`).type('form').send({ 'List-Unsubscribe': 'One-Click' }).expect(200);
  });
});
