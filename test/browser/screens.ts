import { settled as allTransitionsEnded } from '../support/axe.js';
import { APPROVED, REVIEWED } from './campaigns-in-work.js';
import type { Visitor } from './portal.js';

/**
 * A screen by its name in the file of its picture, and how one gets to what it
 * shows.
 */
export interface Screen {
  readonly name: string;
  readonly path: string;
  readonly reach?: (visitor: Visitor) => Promise<void>;
}

/** As the campaign is called in every language of the portal. */
const OFFER = 'Cloud cost clarity';

const tab = (key: string) => async (visitor: Visitor) => {
  await visitor.page.getByRole('tab', { name: visitor.say(key), exact: true }).click();
};
const firstOffer = async (visitor: Visitor): Promise<void> => {
  await visitor.link(visitor.say('home.reviewOne', { title: OFFER })).click();
  await visitor.heading(visitor.say('slots.title')).waitFor();
};
/** With its preview. */
const onNewsletter = (title: string) => async (visitor: Visitor) => {
  await visitor.link(title).click();
  await visitor.page.locator('iframe').waitFor();
};
const firstVersion = async (visitor: Visitor): Promise<void> => {
  await visitor.link(OFFER).click();
  await visitor.link(visitor.say('campaigns.version', { number: 1 })).click();
  await visitor.page.getByRole('tab', { name: visitor.say('version.preview') }).waitFor();
};

const versionOf = (title: string, number: number) => async (visitor: Visitor) => {
  await visitor.link(title).click();
  await visitor.link(visitor.say('campaigns.version', { number })).click();
  await visitor.page.getByRole('tab', { name: visitor.say('version.preview') }).waitFor();
};
/** A part of a version in its previews, by what it is called among them. */
const shown = (part: string) => async (visitor: Visitor) => {
  await firstVersion(visitor);
  await visitor.field(visitor.say('version.tactic')).selectOption(part);
};
const partnersToInvite = [
  'company;email;country;tier;region;external id;Security specialist',
  'Kessler Systemhaus;;;;dach;NW-1002;31.12.2028',
  'Harbour Systems;harbour@harbour.example;GB;gold;emea;H-1;',
  'No Address;nobody;GB;gold;emea',
  'Land Unknown;land@unknown.example;XX;;emea',
  'Harbour Again;harbour@harbour.example;GB;silver;emea',
].join('\r\n');

const COSTS = [
  'Reference,Description,Amount,Currency,First day,Tactic',
  'INV-1,Print of brochures,"1,500.00",EUR,2026-10-31,document',
  'INV-2,Fair,no amount,EUR,2026-10-31,',
].join('\r\n');
const DEALS = [
  'External ID,E-mail,Stage,Amount,Currency',
  'CRM-9001,nobody@unknown.example,won,"1,500.00",USD',
  'CRM-9002,,won,99999999999999999,USD',
].join('\r\n');
/** The preview of an import, with a row that is refused. */
const withList = (csv: string, row: string) => async (visitor: Visitor) => {
  await visitor.page
    .locator('input[type=file]')
    .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await visitor.page.getByText(row).first().waitFor();
  await settled(visitor);
};

const inEditor = async (visitor: Visitor): Promise<void> => {
  await firstVersion(visitor);
  await visitor.link(visitor.say('editor.open')).click();
  await visitor.heading(visitor.say('editor.gates')).waitFor();
};
const onTab = (there: (visitor: Visitor) => Promise<void>, key: string) => async (visitor: Visitor) => {
  await there(visitor);
  await tab(key)(visitor);
};
const onDesk = (key: string) => onTab(inEditor, key);
const onPartner = async (visitor: Visitor): Promise<void> => {
  await visitor.link('Brightwater IT').click();
  await visitor.heading(visitor.say('partnerPage.attributes')).waitFor();
};
/** The dialog of the search, with what it found. */
const searching = async (visitor: Visitor): Promise<void> => {
  await visitor.page.keyboard.press('Control+k');
  await visitor.page.getByRole('combobox', { name: visitor.say('search.label.vendor') }).fill('cloud');
  await visitor.page.getByRole('option', { name: OFFER }).waitFor();
  await settled(visitor);
};
/** What slides, fades or unfolds has colours of its own half-way. */
const settled = ({ page }: Visitor): Promise<void> => allTransitionsEnded(page);

const aWebhookEndpoint = async (visitor: Visitor): Promise<void> => {
  // The endpoints come by a request of their own: one that is there already is
  // not added again.
  await visitor.allThere();
  if ((await visitor.link('https://hooks.example/crm').count()) === 0) {
    await visitor.button(visitor.say('webhooks.new')).click();
    await visitor.field(visitor.say('webhooks.url')).fill('https://hooks.example/crm');
    await visitor.page.getByRole('checkbox').first().check();
    await visitor.button(visitor.say('webhooks.create')).click();
    await visitor.page.getByText(visitor.say('webhooks.once')).waitFor();
    // While it fades, its colours are nobody's.
    await visitor.page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
};
/** Its name tells when it was. */
const aTestEvent = ({ say }: Visitor): RegExp =>
  new RegExp(`^${say('webhooks.detailsOf', { event: say('webhooks.event.webhook.test'), at: '' })}`);
const theWebhookEndpoint = async (visitor: Visitor): Promise<void> => {
  await aWebhookEndpoint(visitor);
  await visitor.link('https://hooks.example/crm').first().click();
  await visitor.button(visitor.say('webhooks.sendTest')).click();
  await visitor.page.getByText(visitor.say('webhooks.notTaken')).waitFor();
  await visitor.page
    .getByRole('button', { name: aTestEvent(visitor) })
    .first()
    .waitFor();
};
const theDelivery = async (visitor: Visitor): Promise<void> => {
  await theWebhookEndpoint(visitor);
  await visitor.page
    .getByRole('button', { name: aTestEvent(visitor) })
    .first()
    .click();
  await visitor.button(visitor.say('webhooks.replayOne')).waitFor();
  await settled(visitor);
};
/** A domain is chosen in the first look, and stays for the others. */
const withDomain = async (visitor: Visitor): Promise<void> => {
  await visitor.button(visitor.say('sending.choose')).waitFor();
  if ((await visitor.button(visitor.say('sending.check')).count()) > 0) return;
  await visitor.field(visitor.say('sending.domain')).fill('news.brightwater.example');
  await visitor.button(visitor.say('sending.choose')).click();
  await visitor.button(visitor.say('sending.check')).waitFor();
};

const withOptOuts = async (visitor: Visitor): Promise<void> => {
  await tab('import.paste')(visitor);
  await visitor.field(visitor.say('import.rows')).fill('Name\tMail\nA\ta@x.example\nB\tnobody');
  await visitor.button(visitor.say('import.read')).click();
  await visitor.button(visitor.say('optOuts.take', { count: 1, number: 1 })).waitFor();
};
/** A dialog that is called as what opens it. */
const opening =
  (name: Parameters<Visitor['say']>[0]) =>
  async (visitor: Visitor): Promise<void> => {
    await visitor.button(visitor.say(name)).click();
    await visitor.page.getByRole('dialog', { name: visitor.say(name) }).waitFor();
    await settled(visitor);
  };
/** On a phone, the button is in a menu. */
const addingContact = async (visitor: Visitor): Promise<void> => {
  const isPhone = (visitor.page.viewportSize()?.width ?? 0) < 768;
  if (!isPhone) return opening('contacts.add')(visitor);
  await visitor.button(visitor.say('common.moreActions')).click();
  await visitor.page.getByRole('menuitem', { name: visitor.say('contacts.add') }).click();
  await visitor.page.getByRole('dialog', { name: visitor.say('contacts.add') }).waitFor();
  await settled(visitor);
};
const aProvider = async (visitor: Visitor): Promise<void> => {
  await visitor.heading(visitor.say('providers.mailbox.title')).waitFor();
  // The accounts come by a request of their own: one that is there already is
  // not added again.
  await visitor.allThere();
  if ((await visitor.page.getByRole('article', { name: 'Transactional' }).count()) > 0) return;
  await visitor.button(visitor.say('providers.add')).click();
  await visitor.field(visitor.say('providers.provider')).selectOption('Postmark');
  await visitor.field(visitor.say('providers.name')).fill('Transactional');
  await visitor.button(visitor.say('providers.next')).click();
  await visitor.button(visitor.say('providers.done')).click();
  await visitor.page.getByRole('article', { name: 'Transactional' }).waitFor();
  await visitor.page.getByRole('dialog').waitFor({ state: 'hidden' });
};

const withRows = async (visitor: Visitor): Promise<void> => {
  await tab('import.paste')(visitor);
  await visitor.field(visitor.say('import.rows')).fill('Mail;Name\nada@harbour.example;Ada\nnobody;Nobody');
  await visitor.button(visitor.say('import.read')).click();
  await visitor.heading(visitor.say('import.columns')).waitFor();
};
/**
 * The first activation, on its way or on hold, whatever an earlier look has
 * left it in.
 */
const anActivation = (isHeld: boolean) => async (visitor: Visitor) => {
  const { page, say } = visitor;
  await page.getByRole('rowheader').getByRole('link').first().click();
  const [go, then] = isHeld
    ? [say('activation.hold'), say('activation.resume')]
    : [say('activation.resume'), say('activation.hold')];
  await visitor.button(go).or(visitor.button(then)).waitFor();
  if ((await visitor.button(go).count()) === 0) return;
  await visitor.button(go).click();
  const late = page.getByRole('dialog', { name: say('late.title') });
  await visitor.button(then).or(late).waitFor();
  if ((await late.count()) > 0) await late.getByRole('button', { name: say('activation.resume') }).click();
  await visitor.button(then).waitFor();
};
const aDialog =
  (isHeld: boolean, button: string, title: string) =>
  async (visitor: Visitor): Promise<void> => {
    await anActivation(isHeld)(visitor);
    await visitor.button(visitor.say(button)).click();
    await visitor.page.getByRole('dialog', { name: visitor.say(title) }).waitFor();
    await settled(visitor);
  };

export const PARTNER: readonly Screen[] = [
  { name: 'home', path: '/' },
  { name: 'review', path: '/', reach: firstOffer },
  { name: 'review-pages', path: '/', reach: onTab(firstOffer, 'review.pages') },
  { name: 'review-documents', path: '/', reach: onTab(firstOffer, 'review.documents') },
  {
    name: 'review-social',
    path: '/',
    reach: onTab(firstOffer, 'review.social'),
  },
  {
    name: 'review-dry-run',
    path: '/',
    reach: async (visitor) => {
      await firstOffer(visitor);
      await visitor.button(visitor.say('dryRun.open')).click();
      await visitor.page
        .getByRole('dialog')
        .getByRole('button', { name: visitor.say('common.more') })
        .waitFor();
      await settled(visitor);
    },
  },
  {
    name: 'review-choices',
    path: '/',
    reach: async (visitor) => {
      await firstOffer(visitor);
      // By key: while previews come, what stands under the mouse may move away.
      await visitor.button(visitor.say('choices.open')).press('Enter');
      await visitor.page
        .getByRole('textbox', {
          name: visitor.say('choices.laterOf', { step: visitor.say('review.step', { number: 2 }) }),
        })
        .waitFor();
    },
  },
  {
    name: 'review-lead-rule',
    path: '/',
    reach: async (visitor) => {
      await firstOffer(visitor);
      await visitor.button(visitor.say('leadRule.change')).press('Enter');
      await visitor.field(visitor.say('leadRule.remindAfterHours')).waitFor();
    },
  },
  { name: 'activations', path: '/activations' },
  { name: 'contacts', path: '/contacts' },
  { name: 'contact-lists', path: '/contacts/lists' },
  { name: 'contact-list-new', path: '/contacts/lists', reach: opening('lists.add') },
  {
    name: 'contact',
    path: '/contacts',
    reach: async (visitor) => {
      await visitor.page.getByRole('row').nth(1).getByRole('button').click();
      await visitor.heading(visitor.say('contact.history')).waitFor();
      await settled(visitor);
    },
  },
  {
    name: 'contact-new',
    path: '/contacts',
    reach: addingContact,
  },
  { name: 'import', path: '/contacts/import' },
  { name: 'import-columns', path: '/contacts/import', reach: withRows },
  {
    name: 'import-problems',
    path: '/contacts/import',
    reach: async (visitor) => {
      await withRows(visitor);
      await visitor.page.getByRole('radio', { name: visitor.say('consent.customer'), exact: true }).check();
      await visitor.button(visitor.say('import.start')).click();
      await visitor.heading(visitor.say('import.rejectedRows')).waitFor();
      await settled(visitor);
    },
  },
  {
    name: 'data-export',
    path: '/contacts',
    reach: async (visitor) => {
      await visitor.page.getByRole('row').nth(1).getByRole('button').click();
      await visitor.link(visitor.say('personFile.open')).click();
      await visitor.heading(visitor.say('disclosures.title')).waitFor();
      await visitor.page.getByRole('dialog').waitFor({ state: 'hidden' });
    },
  },
  { name: 'suppressions', path: '/suppressions' },
  { name: 'opt-outs', path: '/suppressions/import', reach: withOptOuts },
  {
    name: 'privacy',
    path: '/privacy',
    reach: async (visitor) => {
      await visitor.page.getByText(visitor.say('privacy.keep.next', { at: '' }).split(',')[0] ?? '').waitFor();
    },
  },
  { name: 'closed-days', path: '/calendar' },
  { name: 'library', path: '/library' },
  { name: 'posts', path: '/posts' },
  { name: 'results', path: '/results' },
  { name: 'costs', path: '/costs' },
  { name: 'cost-new', path: '/costs', reach: opening('costs.add') },
  { name: 'costs-import', path: '/costs/import', reach: withList(COSTS, 'INV-2') },
  { name: 'leads', path: '/leads' },
  { name: 'deals', path: '/deals' },
  {
    name: 'deal',
    path: '/deals',
    reach: async (visitor) => {
      await visitor.page.getByRole('rowheader').getByRole('button').first().click();
      await visitor.heading(visitor.say('deals.history')).waitFor();
      await settled(visitor);
    },
  },
  { name: 'deals-import', path: '/deals/import', reach: withList(DEALS, 'CRM-9002') },
  { name: 'brand', path: '/brand' },
  { name: 'sending', path: '/sending', reach: withDomain },
  { name: 'vendors', path: '/vendors' },
  { name: 'settings', path: '/settings' },
  { name: 'account', path: '/account' },
  { name: 'team', path: '/team' },
  { name: 'security', path: '/security' },
  { name: 'notifications', path: '/notifications' },
  { name: 'api-keys', path: '/api-keys' },
  { name: 'webhooks', path: '/webhooks', reach: aWebhookEndpoint },
  { name: 'webhook', path: '/webhooks', reach: theWebhookEndpoint },
  { name: 'webhook-delivery', path: '/webhooks', reach: theDelivery },
  { name: 'audit', path: '/audit' },
  { name: 'lost', path: '/nowhere' },
];

/**
 * A partner's that has launched, in which nobody has got anything that could
 * not come again.
 */
export const LAUNCHED: readonly Screen[] = [
  {
    name: 'activation',
    path: '/activations',
    reach: async (visitor) => {
      await anActivation(false)(visitor);
      await visitor.page
        .getByRole('region', { name: visitor.say('people.title') })
        .getByRole('rowheader')
        .first()
        .waitFor();
    },
  },
  {
    name: 'results-campaign',
    path: '/results',
    reach: async (visitor) => {
      await visitor.page.getByRole('rowheader').getByRole('link').first().click();
      await visitor.heading(visitor.say('variants.bySteps')).waitFor();
    },
  },
  {
    name: 'activation-postponement',
    path: '/activations',
    reach: aDialog(false, 'postponement.open', 'postponement.title'),
  },
  {
    name: 'activation-stop',
    path: '/activations',
    reach: aDialog(false, 'activation.stop', 'activation.stopQuestion'),
  },
  { name: 'activation-held', path: '/activations', reach: anActivation(true) },
  {
    name: 'session-ended',
    path: '/contacts',
    // The last of its walk: nobody is signed in after it.
    reach: async (visitor) => {
      await visitor.allThere();
      await visitor.page.context().clearCookies();
      await visitor.page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))");
      await visitor.page.getByRole('dialog', { name: visitor.say('ended.title') }).waitFor();
      await settled(visitor);
    },
  },
];

export const VENDOR: readonly Screen[] = [
  {
    name: 'vendor-home',
    path: '/',
    reach: async (visitor) => visitor.heading(visitor.say('vendorHome.figures.title')).waitFor(),
  },
  { name: 'campaigns', path: '/campaigns' },
  {
    name: 'upload',
    path: '/campaigns/new',
    reach: async (visitor) => {
      await visitor.heading(visitor.say('gallery.layouts.page')).waitFor();
    },
  },
  {
    name: 'shut',
    path: '/relays',
    reach: async (visitor) => visitor.heading(visitor.say('shut.heading')).waitFor(),
  },
  { name: 'vendor-results', path: '/campaign-results' },
  { name: 'partner-activity', path: '/partner-activity' },
  { name: 'vendor-costs', path: '/costs' },
  { name: 'vendor-costs-import', path: '/costs/import', reach: withList(COSTS, 'INV-2') },
  { name: 'vendor-notifications', path: '/notifications' },
  {
    name: 'saved-views',
    path: '/saved-views',
    reach: async (visitor) => visitor.heading(visitor.say('savedViews.title')).waitFor(),
  },
  {
    name: 'campaign',
    path: '/campaigns',
    reach: async (visitor) => {
      await visitor.link(OFFER).click();
      await visitor.heading(visitor.say('campaigns.runners')).waitFor();
    },
  },
  {
    name: 'version-new',
    path: '/campaigns',
    reach: async (visitor) => {
      await visitor.link(OFFER).click();
      await visitor.link(visitor.say('campaigns.newVersion')).click();
      await visitor.heading(visitor.say('upload.version')).waitFor();
    },
  },
  { name: 'version', path: '/campaigns', reach: firstVersion },
  {
    name: 'version-sequence',
    path: '/campaigns',
    reach: async (visitor) => {
      await firstVersion(visitor);
      await tab('version.sequence')(visitor);
      await visitor.button(visitor.say('samples.run')).click();
      await visitor.heading('Tokyo').waitFor();
    },
  },
  {
    name: 'campaign-opens-later',
    path: '/campaigns',
    reach: async (visitor) => {
      await visitor.link(APPROVED).click();
      await visitor.page.getByText(/^[“„](Gold and silver|Bronze)[”“]/).waitFor();
    },
  },
  { name: 'version-opens-later', path: '/campaigns', reach: versionOf(APPROVED, 1) },
  {
    name: 'version-publish',
    path: '/campaigns',
    reach: async (visitor) => {
      await versionOf(APPROVED, 2)(visitor);
      await visitor.button(visitor.say('version.publish')).click();
      await visitor.page.getByText(visitor.say('version.takenOver', { number: 1 })).waitFor();
      await settled(visitor);
    },
  },
  { name: 'version-changes', path: '/campaigns', reach: onTab(versionOf(APPROVED, 2), 'compare.title') },
  {
    name: 'version-changes-files',
    path: '/campaigns',
    reach: async (visitor) => {
      await onTab(versionOf(APPROVED, 2), 'compare.title')(visitor);
      await visitor.page.getByText(visitor.say('compare.ways.files'), { exact: true }).click();
    },
  },
  {
    name: 'version-comments',
    path: '/campaigns',
    reach: async (visitor) => {
      await versionOf(REVIEWED, 1)(visitor);
      await visitor.page.getByRole('tab', { name: visitor.say('comments.title') }).click();
      await visitor.heading(visitor.say('comments.resolvedTitle')).waitFor();
    },
  },
  {
    name: 'version-branch-email',
    path: '/campaigns',
    reach: async (visitor) => {
      await versionOf(REVIEWED, 1)(visitor);
      await visitor.field(visitor.say('version.tactic')).selectOption('emails last-call');
    },
  },
  { name: 'version-page', path: '/campaigns', reach: shown('pages landing') },
  { name: 'version-document', path: '/campaigns', reach: shown('documents brochure') },
  { name: 'version-post', path: '/campaigns', reach: shown('social announce') },
  {
    name: 'version-contents',
    path: '/campaigns',
    reach: onTab(firstVersion, 'version.contents'),
  },
  {
    name: 'editor-design',
    path: '/campaigns',
    reach: async (visitor) => {
      await inEditor(visitor);
      await visitor.page.getByRole('treeitem').first().waitFor();
    },
  },
  {
    name: 'editor',
    path: '/campaigns',
    reach: async (visitor) => {
      await onDesk('editorTabs.files')(visitor);
      await visitor.page.getByRole('textbox').first().waitFor();
    },
  },
  {
    name: 'editor-copy-table',
    path: '/campaigns',
    reach: async (visitor) => {
      await onDesk('editorTabs.copy')(visitor);
      await visitor.page.getByText(visitor.say('copy.complete')).waitFor();
    },
  },
  {
    name: 'editor-details',
    path: '/campaigns',
    reach: onDesk('editorTabs.details'),
  },
  {
    name: 'editor-translation',
    path: '/campaigns',
    reach: async (visitor) => {
      await onDesk('translation.tab')(visitor);
      await visitor.page.locator('.translation-item').first().waitFor();
      await settled(visitor);
    },
  },
  {
    name: 'editor-translation-reviewers',
    path: '/campaigns',
    reach: async (visitor) => {
      await onDesk('translation.tab')(visitor);
      await visitor.button(visitor.say('translation.reviewers')).click();
      await visitor.page.getByText(visitor.say('translation.rule.hold')).waitFor();
      await settled(visitor);
    },
  },
  {
    name: 'editor-slot-rules',
    path: '/campaigns',
    reach: onDesk('editorTabs.slots'),
  },
  {
    name: 'editor-canvas',
    path: '/campaigns',
    reach: async (visitor) => {
      await onDesk('editorTabs.sequence')(visitor);
      await visitor.page
        .getByText(visitor.say('steps.waits', { time: visitor.say('steps.days', { count: 6 }) }))
        // Choices of other steps name it, too.
        .filter({ visible: true })
        .first()
        .click();
    },
  },
  {
    name: 'editor-lead-rule',
    path: '/campaigns',
    reach: async (visitor) => {
      await onDesk('editorTabs.sequence')(visitor);
      await visitor.button(visitor.say('rules.part.leads')).click();
      await visitor.field(visitor.say('rules.leads.count')).waitFor();
      await settled(visitor);
    },
  },
  {
    name: 'editor-artwork',
    path: '/campaigns',
    reach: async (visitor) => {
      await onDesk('editorTabs.artwork')(visitor);
      await visitor.page
        .getByRole('group', { name: visitor.say('boxes.pageNumber', { number: 1 }) })
        .locator('img')
        .waitFor();
      await visitor.button(/^offer, /).focus();
    },
  },
  { name: 'partners', path: '/partners' },
  {
    name: 'partners-import',
    path: '/partners/import',
    reach: withList(partnersToInvite, 'Harbour Again'),
  },
  { name: 'partner-invite', path: '/partners', reach: opening('partners.invite') },
  { name: 'partner-applications', path: '/partner-applications' },
  { name: 'asset-library', path: '/asset-library' },
  { name: 'planner', path: '/plan' },
  { name: 'old-contents', path: '/old-contents' },
  { name: 'search', path: '/plan', reach: searching },
  { name: 'partner-groups', path: '/partner-groups' },
  { name: 'partner-group-new', path: '/partner-groups', reach: opening('groups.new') },
  { name: 'programme-terms', path: '/programme-terms' },
  { name: 'onboarding-reminders', path: '/onboarding-reminders' },
  { name: 'partner-tiers', path: '/partner-tiers' },
  { name: 'partner-tiers-preview', path: '/partner-tiers', reach: opening('tiers.preview') },
  { name: 'partner-attributes', path: '/partner-attributes' },
  { name: 'partner-attribute-new', path: '/partner-attributes', reach: opening('attributes.new') },
  { name: 'partner', path: '/partners', reach: onPartner },
  { name: 'partner-sending', path: '/partner-sending' },
  { name: 'newsletters', path: '/newsletters' },
  { name: 'newsletter', path: '/newsletters', reach: onNewsletter('Partner news of spring') },
  { name: 'newsletter-draft', path: '/newsletters', reach: onNewsletter('Partner news of summer') },
  { name: 'shared-leads', path: '/shared-leads' },
  { name: 'vendor-opt-outs', path: '/opt-outs', reach: withOptOuts },
  { name: 'vendor-settings', path: '/settings' },
  { name: 'vendor-team', path: '/team' },
];

/** What a vendor's owner alone opens. */
export const OWNER: readonly Screen[] = [
  { name: 'relays', path: '/relays' },
  { name: 'vendor-brand', path: '/brand-kit' },
  { name: 'mail-providers', path: '/mail-providers', reach: aProvider },
  {
    name: 'mail-providers-steps',
    path: '/mail-providers',
    reach: async (visitor) => {
      await visitor.button(visitor.say('providers.add')).click();
      await visitor.field(visitor.say('providers.secret.ses')).waitFor();
      await settled(visitor);
    },
  },
  { name: 'team-invite', path: '/team', reach: opening('team.invite') },
  { name: 'relay-new', path: '/relays', reach: opening('relays.add') },
  { name: 'signing-keys', path: '/signing-keys' },
  { name: 'vendor-keys', path: '/api-keys' },
  { name: 'vendor-security', path: '/security' },
  { name: 'vendor-audit', path: '/audit' },
];
