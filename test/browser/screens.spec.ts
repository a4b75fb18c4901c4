import { violations } from '../support/axe.js';
import { type Look, Portal, type Visitor } from './portal.js';

interface Screen {
  readonly name: string;
  readonly path: string;
  readonly reach?: (visitor: Visitor) => Promise<void>;
}

const tab = (name: string) => async (visitor: Visitor) => {
  await visitor.page.getByRole('tab', { name }).click();
};
const firstOffer = async (visitor: Visitor): Promise<void> => {
  await visitor.link('Review Cloud cost clarity').click();
  await visitor.heading('Your own words').waitFor();
};
const firstVersion = async (visitor: Visitor): Promise<void> => {
  await visitor.link('Cloud cost clarity').click();
  await visitor.link('Version 1').click();
  await visitor.page.getByRole('tab', { name: 'Preview' }).waitFor();
};

const aWebhookEndpoint = async (visitor: Visitor): Promise<void> => {
  if ((await visitor.link('https://hooks.example/crm').count()) === 0) {
    await visitor.button('New endpoint').click();
    await visitor.field('Address').fill('https://hooks.example/crm');
    await visitor.page.getByRole('checkbox').first().check();
    await visitor.button('Create the endpoint').click();
    await visitor.page.getByText('Copy the secret now').waitFor();
    // While it fades, its colours are nobody's.
    await visitor.page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
};
const theWebhookEndpoint = async (visitor: Visitor): Promise<void> => {
  await visitor.link('https://hooks.example/crm').first().click();
  await visitor.button('Send a test event').click();
  await visitor.page.getByText('An event is taken by').waitFor();
  await visitor
    .button(/^Details of “Test event”/)
    .first()
    .waitFor();
};
const theDelivery = async (visitor: Visitor): Promise<void> => {
  await theWebhookEndpoint(visitor);
  await visitor
    .button(/^Details of “Test event”/)
    .first()
    .click();
  await visitor.button('Send it again').waitFor();
  // The window fades in; half-way its colours are half-way too.
  await visitor.page.waitForTimeout(400);
};
/** A domain is chosen in the first look, and stays for the others. */
const withDomain = async (visitor: Visitor): Promise<void> => {
  await visitor.page.getByRole('button', { name: 'Save the domain' }).waitFor();
  if ((await visitor.page.getByRole('button', { name: 'Check now' }).count()) > 0) return;
  await visitor.field('Domain').fill('news.brightwater.example');
  await visitor.page.getByRole('button', { name: 'Save the domain' }).click();
  await visitor.page.getByRole('button', { name: 'Check now' }).waitFor();
};

const withOptOuts = async (visitor: Visitor): Promise<void> => {
  await tab('Pasted rows')(visitor);
  await visitor
    .field('Rows from a spreadsheet, with or without a heading')
    .fill('Name\tMail\nA\ta@x.example\nB\tnobody');
  await visitor.button('Read the rows').click();
  await visitor.button('Suppress 1 address').waitFor();
};
const aProvider = async (visitor: Visitor): Promise<void> => {
  await visitor.heading('Mailbox that bounces come to').waitFor();
  // The accounts come by a request of their own: one that is there already is not added again.
  await visitor.page.waitForLoadState('networkidle');
  if ((await visitor.page.getByRole('article', { name: 'Transactional' }).count()) > 0) return;
  await visitor.button('Add an account').click();
  await visitor.field('Provider').selectOption('Postmark');
  await visitor.field('Name of the account').fill('Transactional');
  await visitor.button('Show me the address').click();
  await visitor.button('Done').click();
  await visitor.page.getByRole('article', { name: 'Transactional' }).waitFor();
  await visitor.page.getByRole('dialog').waitFor({ state: 'hidden' });
};

const PARTNER: readonly Screen[] = [
  { name: 'home', path: '/' },
  { name: 'review', path: '/', reach: firstOffer },
  {
    name: 'review-social',
    path: '/',
    reach: async (visitor) => {
      await firstOffer(visitor);
      await tab('Social posts')(visitor);
    },
  },
  {
    name: 'review-dry-run',
    path: '/',
    reach: async (visitor) => {
      await firstOffer(visitor);
      await visitor.button('Who gets what when').click();
      await visitor.page.getByRole('dialog').getByRole('button', { name: 'Show more' }).waitFor();
      // The panel slides in; half-way its colours are half-way too.
      await visitor.page.waitForTimeout(400);
    },
  },
  {
    name: 'review-choices',
    path: '/',
    reach: async (visitor) => {
      await firstOffer(visitor);
      await visitor.button('Change dates').click();
      await visitor.page.getByRole('textbox', { name: 'Days later: E-mail 2' }).waitFor();
    },
  },
  { name: 'activations', path: '/activations' },
  { name: 'contacts', path: '/contacts' },
  {
    name: 'contact',
    path: '/contacts',
    reach: async ({ page }) => {
      await page.getByRole('row').nth(1).getByRole('button').click();
      await page.getByRole('heading', { name: 'What this person got, and why' }).waitFor();
      // The panel slides in; half-way its colours are half-way too.
      await page.waitForTimeout(400);
    },
  },
  { name: 'import', path: '/contacts/import' },
  {
    name: 'person-file',
    path: '/contacts',
    reach: async (visitor) => {
      await visitor.page.getByRole('row').nth(1).getByRole('button').click();
      await visitor.link('Everything that is held, and disclosures').click();
      await visitor.heading('Shared with the vendor').waitFor();
      await visitor.page.getByRole('dialog').waitFor({ state: 'hidden' });
    },
  },
  { name: 'suppressions', path: '/suppressions' },
  { name: 'opt-outs', path: '/suppressions/import', reach: withOptOuts },
  {
    name: 'privacy',
    path: '/privacy',
    reach: async (visitor) => {
      await visitor.page.getByText('At the next run').waitFor();
    },
  },
  { name: 'results', path: '/results' },
  { name: 'leads', path: '/leads' },
  { name: 'brand', path: '/brand' },
  { name: 'sending', path: '/sending', reach: withDomain },
  { name: 'team', path: '/team' },
  { name: 'api-keys', path: '/api-keys' },
  { name: 'webhooks', path: '/webhooks', reach: aWebhookEndpoint },
  { name: 'webhook', path: '/webhooks', reach: theWebhookEndpoint },
  { name: 'webhook-delivery', path: '/webhooks', reach: theDelivery },
  { name: 'audit', path: '/audit' },
  { name: 'lost', path: '/nowhere' },
];

const VENDOR: readonly Screen[] = [
  { name: 'campaigns', path: '/' },
  { name: 'upload', path: '/campaigns/new' },
  {
    name: 'shut',
    path: '/relays',
    reach: async (visitor) => visitor.heading('Your role does not open this').waitFor(),
  },
  { name: 'vendor-results', path: '/campaign-results' },
  {
    name: 'campaign',
    path: '/',
    reach: async (visitor) => {
      await visitor.link('Cloud cost clarity').click();
      await visitor.heading('Who runs it').waitFor();
    },
  },
  { name: 'version', path: '/', reach: firstVersion },
  {
    name: 'version-sequence',
    path: '/',
    reach: async (visitor) => {
      await firstVersion(visitor);
      await tab('Sequence')(visitor);
      await visitor.button('Run it dry').click();
      await visitor.heading('Tokyo').waitFor();
    },
  },
  {
    name: 'version-contents',
    path: '/',
    reach: async (visitor) => {
      await firstVersion(visitor);
      await tab('Slots and locks')(visitor);
    },
  },
  {
    name: 'editor',
    path: '/',
    reach: async (visitor) => {
      await firstVersion(visitor);
      await visitor.link('Edit').click();
      await visitor.page.getByRole('textbox').first().waitFor();
      await visitor.heading('Quality gates').waitFor();
    },
  },
  {
    name: 'editor-copy-table',
    path: '/',
    reach: async (visitor) => {
      await firstVersion(visitor);
      await visitor.link('Edit').click();
      await visitor.heading('Quality gates').waitFor();
      await tab('Copy')(visitor);
      await visitor.page.getByText('Nothing is missing').waitFor();
    },
  },
  {
    name: 'editor-slot-rules',
    path: '/',
    reach: async (visitor) => {
      await firstVersion(visitor);
      await visitor.link('Edit').click();
      await visitor.heading('Quality gates').waitFor();
      await tab('Slots')(visitor);
    },
  },
  {
    name: 'editor-canvas',
    path: '/',
    reach: async (visitor) => {
      await firstVersion(visitor);
      await visitor.link('Edit').click();
      await visitor.heading('Quality gates').waitFor();
      await tab('Sequence')(visitor);
      await visitor.page.getByText('Wait 6 days').first().click();
    },
  },
  {
    name: 'editor-artwork',
    path: '/',
    reach: async (visitor) => {
      await firstVersion(visitor);
      await visitor.link('Edit').click();
      await visitor.heading('Quality gates').waitFor();
      await tab('Documents and posts')(visitor);
      await visitor.page.getByRole('group', { name: 'Page 1' }).locator('img').waitFor();
      await visitor.button(/^offer, /).focus();
    },
  },
  { name: 'partners', path: '/partners' },
  { name: 'partner-groups', path: '/partner-groups' },
  { name: 'partner-sending', path: '/partner-sending' },
  { name: 'vendor-opt-outs', path: '/opt-outs', reach: withOptOuts },
  { name: 'vendor-team', path: '/team' },
];

/** What a vendor's owner alone opens. */
const OWNER: readonly Screen[] = [
  { name: 'relays', path: '/relays' },
  { name: 'mail-providers', path: '/mail-providers', reach: aProvider },
  {
    name: 'mail-providers-steps',
    path: '/mail-providers',
    reach: async (visitor) => {
      await visitor.button('Add an account').click();
      await visitor.field('ARN of the SNS topic').waitFor();
      // The window fades in; half-way its colours are half-way too.
      await visitor.page.waitForTimeout(400);
    },
  },
  { name: 'signing-keys', path: '/signing-keys' },
  { name: 'vendor-keys', path: '/api-keys' },
  { name: 'vendor-audit', path: '/audit' },
];

const LOOKS: readonly (Look & { readonly called: string })[] = [
  { called: 'wide light', width: 1440, scheme: 'light' },
  { called: 'wide dark', width: 1440, scheme: 'dark' },
  { called: 'narrow light', width: 375, scheme: 'light' },
  { called: 'narrow dark', width: 375, scheme: 'dark' },
];

describe('every screen', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  const people: readonly [string, readonly Screen[]][] = [
    ['olivia@brightwater.example', PARTNER],
    ['maya@northwind.example', VENDOR],
    ['nora@northwind.example', OWNER],
  ];
  for (const { called, ...look } of LOOKS) {
    for (const [email, screens] of people) {
      it(`is usable by everybody and fits, ${called}, for ${email}`, async () => {
        const visitor = await portal.signIn(email, look);
        const found: string[] = [];
        for (const { name, path, reach } of screens) {
          await visitor.page.goto(path);
          await visitor.page.getByRole('heading', { level: 1 }).first().waitFor();
          await reach?.(visitor);
          await visitor.page.waitForLoadState('networkidle');
          found.push(...(await violations(visitor.page)).map((violation) => `${name}: ${violation}`));
          const overflow = await visitor.page.evaluate<number>(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          );
          if (overflow > 0) found.push(`${name}: ${overflow} pixels wider than the screen`);
          await visitor.picture(`${name}-${called.replace(' ', '-')}`);
        }
        expect(found).toEqual([]);
        expect(visitor.errors).toEqual([]);
        await visitor.leave();
      }, 180_000);
    }
  }

  it('loads no more script for a partner’s home than 250 KB, as it travels', async () => {
    const visitor = await portal.signIn('olivia@brightwater.example');
    const session = await visitor.page.context().newCDPSession(visitor.page);
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    const sizes: Promise<number>[] = [];
    visitor.page.on('response', (response) => {
      if (response.url().endsWith('.js')) sizes.push(response.headerValue('content-length').then(Number));
    });
    await visitor.page.goto('/');
    await visitor.page.getByRole('heading', { level: 1 }).first().waitFor();
    await visitor.page.waitForLoadState('networkidle');
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(sizes.length).toBeGreaterThan(10);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(250_000);
    await visitor.leave();
  });

  it('of the doorway is usable by everybody', async () => {
    const found: string[] = [];
    for (const { called, ...look } of LOOKS) {
      for (const path of ['/', '/password', '/password/forgotten', '/invitation/forgotten']) {
        const visitor = await portal.visit(path, look);
        await visitor.page.getByRole('heading', { level: 1 }).first().waitFor();
        await visitor.page.waitForLoadState('networkidle');
        found.push(...(await violations(visitor.page)).map((violation) => `${path} ${called}: ${violation}`));
        await visitor.leave();
      }
    }
    expect(found).toEqual([]);
  });
});
