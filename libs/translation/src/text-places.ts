import { attributeOf, parseSource, type SourceElement } from '#template-source';

/** What shows a text. */
type PlaceKind = 'email' | 'page' | 'document' | 'social' | 'slot' | 'step' | 'campaign';

/** What a text is where it is shown. */
type TextRole =
  | 'subject'
  | 'preheader'
  | 'title'
  | 'text'
  | 'heading'
  | 'button'
  | 'link'
  | 'picture'
  | 'slot-label'
  | 'slot-help'
  | 'suggestion'
  | 'form'
  | 'post'
  | 'notice';

/** A place where readers or partners see a text. */
export interface TextPlace {
  readonly kind: PlaceKind;
  /** Key of the e-mail, page, document, post, slot or step; path of a text of `campaign.yaml`. */
  readonly key: string;
  readonly role?: TextRole;
  /** Characters that fit; absent: as many as needed. */
  readonly minChars?: number;
  readonly maxChars?: number;
}

/** As the checks of subjects and preheaders have them. */
const SUBJECT = { maxChars: 70 } as const;
const PREHEADER = { minChars: 40, maxChars: 140 } as const;

type Declared = Readonly<Record<string, unknown>>;
const partOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Declared)[key] : undefined;
const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];

/**
 * Where the texts of the catalogues are shown.
 * @param campaign `campaign.yaml` as plain values.
 * @param keys texts that the catalogues have.
 */
export function placesOf(
  files: Readonly<Record<string, string>>,
  campaign: unknown,
  keys: readonly string[],
): Map<string, TextPlace[]> {
  const known = new Set(keys);
  const places = new Map<string, TextPlace[]>();
  const add = (key: unknown, place: TextPlace): void => {
    if (typeof key !== 'string' || !known.has(key)) return;
    const others = places.get(key) ?? [];
    const isSame = ({ kind, key: of, role }: TextPlace): boolean =>
      kind === place.kind && of === place.key && role === place.role;
    if (!others.some(isSame)) places.set(key, [...others, place]);
  };
  for (const [key, email] of entriesOf(partOf(campaign, 'emails'))) {
    add(partOf(email, 'subject'), { kind: 'email', key, role: 'subject', ...SUBJECT });
    add(partOf(email, 'preheader'), { kind: 'email', key, role: 'preheader', ...PREHEADER });
    for (const use of usesIn(files[String(partOf(email, 'source'))] ?? ''))
      add(use.text, { kind: 'email', key, role: use.role, ...limitOf(use) });
  }
  for (const [key, page] of entriesOf(partOf(campaign, 'pages'))) {
    add(partOf(page, 'title'), { kind: 'page', key, role: 'title' });
    for (const [, text] of entriesOf(partOf(page, 'form'))) add(text, { kind: 'page', key, role: 'form' });
    for (const text of known) if (text.startsWith('form.')) add(text, { kind: 'page', key, role: 'form' });
    for (const use of usesIn(files[String(partOf(page, 'source'))] ?? ''))
      add(use.text, { kind: 'page', key, role: use.role, ...limitOf(use) });
  }
  for (const [key, document] of entriesOf(partOf(campaign, 'documents')))
    add(partOf(document, 'title'), { kind: 'document', key, role: 'title' });
  for (const [key, post] of entriesOf(partOf(campaign, 'social'))) {
    add(partOf(post, 'text'), { kind: 'social', key, role: 'post' });
    for (const [, file] of entriesOf(partOf(post, 'images')))
      for (const { text } of usesIn(files[String(file)] ?? '')) add(text, { kind: 'social', key, role: 'text' });
  }
  for (const [key, slot] of entriesOf(partOf(campaign, 'slots'))) {
    const most = partOf(slot, 'maxChars');
    add(partOf(slot, 'label'), { kind: 'slot', key, role: 'slot-label' });
    add(partOf(slot, 'help'), { kind: 'slot', key, role: 'slot-help' });
    add(partOf(slot, 'default'), {
      kind: 'slot',
      key,
      role: 'suggestion',
      ...(typeof most === 'number' ? { maxChars: most } : {}),
    });
  }
  const steps = partOf(partOf(campaign, 'sequence'), 'steps');
  for (const step of Array.isArray(steps) ? (steps as readonly unknown[]) : [])
    add(partOf(step, 'notify'), { kind: 'step', key: String(partOf(step, 'key')), role: 'notice' });
  return places;
}

interface TextUse {
  readonly text: string;
  readonly role: TextRole;
  /** Of the slot whose suggestion it is. */
  readonly maxChars: number | null;
}

const limitOf = ({ maxChars }: TextUse) => (maxChars === null ? {} : { maxChars });

const MUSTACHE = /\{\{[^{}]*\}\}/g;
const KEY = /(?:\{\{|\()\s*t\s+(?:"([^"]*)"|'([^']*)')/g;
const ATTRIBUTE_ROLES: Readonly<Record<string, TextRole>> = {
  alt: 'picture',
  label: 'slot-label',
  help: 'slot-help',
};
interface OpenElement {
  readonly name: string;
  readonly maxChars: number | null;
  readonly isHeading: boolean;
}

/** Uses of texts in a template, with what surrounds them. */
function usesIn(source: string): TextUse[] {
  const { root } = parseSource(source);
  return [...source.matchAll(MUSTACHE)].flatMap(({ 0: mustache, index }) =>
    [...mustache.matchAll(KEY)].map(([, double, single]) => ({
      text: double ?? single ?? '',
      ...roleAt(source, root, index),
    })),
  );
}

/** What a text is by the element or attribute that it stands in. */
function roleAt(source: string, root: SourceElement, at: number): Pick<TextUse, 'role' | 'maxChars'> {
  const around = elementAt(root, at);
  if (around.parent === null) return roleIn(undefined);
  if (at >= around.openEnd) return roleIn(openedBy(source, around));
  const attribute = around.attributes.find(({ valueStart, valueEnd }) => valueStart <= at && at < valueEnd);
  return { role: ATTRIBUTE_ROLES[attribute?.name.toLowerCase() ?? ''] ?? 'text', maxChars: null };
}

function elementAt(element: SourceElement, at: number): SourceElement {
  const inner = element.children.find(({ start, end }) => start <= at && at < end);
  return inner === undefined ? element : elementAt(inner, at);
}

function openedBy(source: string, element: SourceElement): OpenElement {
  const name = element.name.toLowerCase();
  const most = name === 'tc-slot' ? attributeOf(source, element, 'max-chars') : undefined;
  const classes = `${attributeOf(source, element, 'mj-class') ?? ''} ${attributeOf(source, element, 'class') ?? ''}`;
  const isHeading = /^h[1-6]$/.test(name) || /\bh[1-6]\b/.test(classes);
  return { name, maxChars: most === undefined || !/^\d+$/.test(most) ? null : Number(most), isHeading };
}

function roleIn(around: OpenElement | undefined): Pick<TextUse, 'role' | 'maxChars'> {
  if (around === undefined) return { role: 'text', maxChars: null };
  const { name, maxChars, isHeading } = around;
  if (name === 'tc-slot') return { role: 'suggestion', maxChars };
  if (name === 'mj-button' || name === 'tc-button' || name === 'button') return { role: 'button', maxChars: null };
  if (name === 'a') return { role: 'link', maxChars: null };
  return { role: isHeading ? 'heading' : 'text', maxChars: null };
}
