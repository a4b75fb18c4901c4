import type { Topic } from '#activations';
import { EMAIL_CHOICES, type EmailChoice, type EmailPreference, type PresentPreference } from '#engagement';
import { escapeHtml, frame, type PageOwner, said } from './page-frame.js';
import { languageAttributes } from './public-language.js';
import { UNSUBSCRIBE_TEXTS } from './unsubscribe-texts.js';

/** What the pages for a recipient's choice show. */
export interface PreferenceFacts {
  readonly owner: PageOwner;
  readonly vendor: string;
  /** Topics of e-mails that the contact received. */
  readonly topics: readonly Topic[];
  readonly present: PresentPreference;
  /** BCP 47, the best first. */
  readonly languages: readonly (string | null)[];
  /** Addresses of the pages, without the host. */
  readonly paths: { readonly unsubscribe: string; readonly preferences: string };
}

/** Of a form with checkboxes: none that is sent means that all are cleared. */
const HAS_TOPICS = 'has-topics';

/**
 * The choice of a submitted form.
 * @param topics of e-mails that the contact received.
 * @returns `unsubscribe` for a value that the page does not offer.
 */
export function readPreference(body: unknown, topics: readonly Topic[]): EmailPreference {
  const { choice, topic, [HAS_TOPICS]: hasTopics } = (body ?? {}) as Readonly<Partial<Record<string, unknown>>>;
  const wanted: readonly unknown[] = Array.isArray(topic) ? topic : [topic];
  return {
    choice: EMAIL_CHOICES.find((one) => one === choice) ?? 'unsubscribe',
    ...(hasTopics === undefined
      ? {}
      : { refusedTopics: topics.map((one) => one.topic).filter((one) => !wanted.includes(one)) }),
  };
}

/** Asks for one confirming press: a GET never unsubscribes. */
export function unsubscribePage({ owner, languages, paths, present }: PreferenceFacts): string {
  const { t, language } = UNSUBSCRIBE_TEXTS.in(...languages);
  const partner = owner.brand.name;
  if (present.choice === 'unsubscribe') return leftPage({ owner, languages, paths, present }, 'before');
  const body = `<h1>${escapeHtml(t('title'))}</h1><p>${escapeHtml(t('unsubscribeText', { partner }))}</p><form method="post" action="${escapeHtml(paths.unsubscribe)}"><input type="hidden" name="choice" value="unsubscribe"><p><button>${escapeHtml(t('unsubscribeButton'))}</button></p></form><p><a href="${escapeHtml(paths.preferences)}">${escapeHtml(t('toPreferences'))}</a></p>`;
  return frame(language, t('title'), body, owner);
}

/**
 * Shows a recipient's present choice, and takes another. To look and to press
 * Save changes nothing.
 */
export function preferencePage(facts: PreferenceFacts): string {
  const { owner, vendor, present, languages, paths } = facts;
  const { t, language } = UNSUBSCRIBE_TEXTS.in(...languages);
  const partner = owner.brand.name;
  const title = t('preferencesTitle');
  if (present.isStoppedByOthers) return frame(language, title, said(title, t('stillUnsubscribed', { partner })), owner);
  const labels: Readonly<Record<EmailChoice, string>> = {
    all: t('all'),
    monthly: t('monthly', { partner }),
    vendor: t('vendor', { vendor }),
    unsubscribe: t('none', { partner }),
  };
  const choices = EMAIL_CHOICES.map((choice) =>
    choiceField('radio', 'choice', choice, present.choice === choice, escapeHtml(labels[choice])),
  );
  const body = `<h1>${escapeHtml(title)}</h1><p class="soft">${escapeHtml(t('present'))}</p><form method="post" action="${escapeHtml(paths.preferences)}"><fieldset><legend>${escapeHtml(t('ask', { partner }))}</legend>${choices.join('')}</fieldset>${topicFields(facts, language)}<p><button>${escapeHtml(t('button'))}</button></p></form>`;
  return frame(language, title, body, owner);
}

function topicFields({ topics, present, languages }: PreferenceFacts, language: string): string {
  if (topics.length === 0) return '';
  const { t } = UNSUBSCRIBE_TEXTS.in(language);
  const fields = topics.map(({ topic, titles }) =>
    choiceField(
      'checkbox',
      'topic',
      topic,
      !present.refusedTopics.includes(topic),
      titles.map((title) => titleIn(title, languages)).join(', '),
    ),
  );
  return `<fieldset><legend>${escapeHtml(t('topics'))}</legend><input type="hidden" name="${HAS_TOPICS}" value="1"><p class="soft">${escapeHtml(t('topicsWhy'))}</p>${fields.join('')}</fieldset>`;
}

/** A campaign's title in a language of the reader, else in its own first. */
function titleIn(title: Readonly<Record<string, string>>, languages: readonly (string | null)[]): string {
  const wanted = [...languages, 'en'].map((tag) => tag?.split('-')[0]);
  const tags = Object.keys(title);
  const tag = wanted.map((one) => tags.find((other) => other.split('-')[0] === one)).find((one) => one !== undefined);
  const [first = 'en'] = tags;
  return `<span ${languageAttributes(tag ?? first)}>${escapeHtml(title[tag ?? first] ?? '')}</span>`;
}

/** @param label as HTML. */
const choiceField = (type: string, name: string, value: string, isChosen: boolean, label: string): string =>
  `<label class="choice"><input type="${type}" name="${name}" value="${escapeHtml(value)}"${isChosen ? ' checked' : ''}><span>${label}</span></label>`;

/**
 * Confirms that mail has stopped, and offers the way back.
 * @param since `now`: by this request. `before`: the recipient looks again.
 */
function leftPage(
  { owner, languages, paths, present }: Pick<PreferenceFacts, 'owner' | 'languages' | 'paths' | 'present'>,
  since: 'now' | 'before',
): string {
  const { t, language } = UNSUBSCRIBE_TEXTS.in(...languages);
  const partner = owner.brand.name;
  const text =
    since === 'before' && present.isStoppedByOthers
      ? t('stillUnsubscribed', { partner })
      : t('unsubscribed', { partner });
  const undo = present.isStoppedByOthers ? '' : undoForm(paths.preferences, t('undo'));
  return frame(language, t('title'), said(t('title'), text) + undo, owner);
}

const undoForm = (path: string, label: string): string =>
  `<form method="post" action="${escapeHtml(path)}"><input type="hidden" name="choice" value="undo"><p><button class="quiet">${escapeHtml(label)}</button></p></form>`;

/**
 * Confirms the choice of e-mails.
 * @param changed what was chosen; `undo`: mail comes as before.
 */
export function savedPage(changed: EmailChoice | 'undo', facts: PreferenceFacts): string {
  const { owner, vendor, languages, paths } = facts;
  if (changed === 'unsubscribe') return leftPage(facts, 'now');
  const { t, language } = UNSUBSCRIBE_TEXTS.in(...languages);
  const partner = owner.brand.name;
  const title = t('preferencesTitle');
  const text =
    changed === 'undo'
      ? t('resubscribed', { partner })
      : changed === 'vendor'
        ? t('unsubscribedVendor', { vendor })
        : t('changed');
  const after =
    changed === 'vendor'
      ? undoForm(paths.preferences, t('undo'))
      : `<p><a href="${escapeHtml(paths.preferences)}">${escapeHtml(title)}</a></p>`;
  return frame(language, title, said(title, text) + after, owner);
}
