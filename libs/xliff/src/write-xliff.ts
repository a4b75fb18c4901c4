import {
  type InlineCode,
  partsOf,
  type TextPart,
  type TextPlace,
  type Translation,
  type TranslationState,
} from '#translation';

/** Prefix of states that XLIFF does not have. */
export const OWN_STATES = 'throughline';
export const XLIFF_NAMESPACE = 'urn:oasis:names:tc:xliff:document:2.0';
const SIZE_NAMESPACE = 'urn:oasis:names:tc:xliff:sizerestriction:2.0';

export interface XliffExport {
  /** Name of the campaign in `campaign.yaml`. */
  readonly campaign: string;
  readonly sourceLocale: string;
  readonly locale: string;
  readonly translations: readonly Translation[];
}

/**
 * Writes translations as XLIFF 2.1 (OASIS, February 2018) with the size
 * restriction module. Fields, conditions and tags become inline codes.
 * @returns the same text for the same input.
 */
export function writeXliff({ campaign, sourceLocale, locale, translations }: XliffExport): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="${XLIFF_NAMESPACE}" xmlns:slr="${SIZE_NAMESPACE}" version="2.1" srcLang=${quoted(sourceLocale)} trgLang=${quoted(locale)}>
  <file id="texts" original=${quoted(campaign)} xml:space="preserve">
    <slr:profiles generalProfile="xliff:codepoints"/>
${groupsOf(translations).map(groupElement).join('')}  </file>
</xliff>
`;
}

interface Group {
  readonly name: string;
  readonly translations: Translation[];
}

/** Texts by the first place that shows them, so that a translator reads an e-mail as a whole. */
function groupsOf(translations: readonly Translation[]): Group[] {
  const groups = new Map<string, Translation[]>();
  for (const translation of translations) {
    const [place] = translation.places;
    const name = place === undefined || place.kind === 'campaign' ? 'campaign' : `${place.kind} ${place.key}`;
    groups.set(name, [...(groups.get(name) ?? []), translation]);
  }
  return [...groups].map(([name, members]) => ({ name, translations: members }));
}

const groupElement = ({ name, translations }: Group, index: number): string =>
  `    <group id="g${index + 1}" name=${quoted(name)}>
${translations.map(unitElement).join('')}    </group>
`;

function unitElement(translation: Translation): string {
  const { key, source, text, state } = translation;
  const data = new OriginalData();
  const target = state === 'missing' ? null : text;
  const sourceContent = content(source, data);
  const targetContent = target === null ? null : content(target, data);
  const [status, subState] = XLIFF_STATES[state];
  const sub = subState === null ? '' : ` subState="${OWN_STATES}:${subState}"`;
  return `      <unit id=${quoted(unitId(key))} name=${quoted(key)} canResegment="no"${sizeOf(translation.places)}>
${notesElement(translation)}${data.element()}        <segment state="${status}"${sub}>
          <source>${sourceContent}</source>
${targetContent === null ? '' : `          <target>${targetContent}</target>\n`}        </segment>
      </unit>
`;
}

type XliffState = 'initial' | 'translated' | 'reviewed' | 'final';

/** State and sub-state. An outdated text is to be translated again. */
const XLIFF_STATES: Readonly<Record<TranslationState, readonly [XliffState, string | null]>> = {
  missing: ['initial', null],
  outdated: ['initial', 'outdated'],
  new: ['translated', 'new'],
  draft: ['translated', null],
  reviewed: ['reviewed', null],
};

/** Longest text that fits everywhere it is shown. */
function sizeOf(places: readonly TextPlace[]): string {
  const most = Math.min(...places.map(({ maxChars }) => maxChars ?? Infinity));
  return Number.isFinite(most) ? ` slr:sizeRestriction="${most}"` : '';
}

function notesElement({ places, note, sourceBefore }: Translation): string {
  const notes = [
    ...places.map((place) => note_('context', describe(place))),
    ...places.flatMap(({ minChars, maxChars }) =>
      maxChars === undefined
        ? []
        : [
            note_(
              'length',
              `${minChars === undefined ? '' : `At least ${minChars}, at`}${minChars === undefined ? 'At' : ''} most ${maxChars} characters`,
            ),
          ],
    ),
    ...(note === null ? [] : [note_('author', note)]),
    ...(sourceBefore === null ? [] : [note_('source-before', sourceBefore)]),
  ];
  return notes.length === 0 ? '' : `        <notes>\n${[...new Set(notes)].join('')}        </notes>\n`;
}

const note_ = (category: string, text: string): string =>
  `          <note category="${category}">${escaped(text)}</note>\n`;

const describe = ({ kind, key, role }: TextPlace): string =>
  kind === 'campaign' ? `campaign.yaml: ${key}` : `${kind} ${key}${role === undefined ? '' : `: ${role}`}`;

/** Codes of a unit, each once. */
class OriginalData {
  private readonly ids = new Map<string, string>();

  idOf(code: string): string {
    const id = this.ids.get(code) ?? `d${this.ids.size + 1}`;
    this.ids.set(code, id);
    return id;
  }

  element(): string {
    if (this.ids.size === 0) return '';
    const data = [...this.ids].map(([code, id]) => `          <data id="${id}">${escaped(code)}</data>\n`);
    return `        <originalData>\n${data.join('')}        </originalData>\n`;
  }
}

/** A text with its codes as elements. */
function content(text: string, data: OriginalData): string {
  const parts = partsOf(text);
  const codes = new Map(parts.filter((part) => part.kind === 'code').map((code) => [code.number, code]));
  return parts.map((part) => element(part, codes, data)).join('');
}

function element(part: TextPart, codes: ReadonlyMap<number, InlineCode>, data: OriginalData): string {
  if (part.kind === 'words') return words(part.text);
  const { text, number, role, partner } = part;
  if (role === 'closes') return '</pc>';
  if (role === 'alone') return `<ph id="${number}" dataRef="${data.idOf(text)}" disp=${quoted(text)}${typeOf(text)}/>`;
  const close = codes.get(partner ?? -1)?.text ?? '';
  return `<pc id="${number}" dataRefStart="${data.idOf(text)}" dataRefEnd="${data.idOf(close)}" dispStart=${quoted(text)} dispEnd=${quoted(close)}${typeOf(text)}>`;
}

const FORMATS: Readonly<Record<string, string>> = { b: 'b', strong: 'b', i: 'i', em: 'i', u: 'u', br: 'lb' };

function typeOf(code: string): string {
  if (code.startsWith('{{')) return code.startsWith('{{#') ? ' type="other"' : ' type="ui" subType="xlf:var"';
  const name = /^<([a-z]+)/i.exec(code)?.[1]?.toLowerCase() ?? '';
  if (name === 'a') return ' type="link"';
  const format = FORMATS[name];
  return format === undefined ? ' type="other"' : ` type="fmt" subType="xlf:${format}"`;
}

/** A key as an NMTOKEN: other characters are written as `_x<hex>_`. */
export const unitId = (key: string): string =>
  key.replaceAll(/_x|[^A-Za-z0-9._-]/gu, (found) =>
    found === '_x' ? '_x5f_x' : `_x${(found.codePointAt(0) ?? 0).toString(16)}_`,
  );

/** Characters that XML 1.0 does not have. */
// eslint-disable-next-line no-control-regex -- These characters are what it removes.
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const isWhole = (text: string): string => text.toWellFormed();

const words = (text: string): string =>
  escaped(text, (found) => `<cp hex="${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}"/>`);

const escaped = (text: string, other: (character: string) => string = () => '\ufffd'): string =>
  isWhole(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    // A parser turns a carriage return into a line feed.
    .replaceAll('\r', '&#13;')
    .replaceAll(NO_XML, other);

const quoted = (text: string): string =>
  `"${escaped(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`;
