import { history, historyKeymap, standardKeymap } from '@codemirror/commands';
import { EditorState, type Extension, type Range, RangeSet, StateField, type Text } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, keymap, WidgetType } from '@codemirror/view';

/** What an author can write in a text. */
export interface TextRules {
  /** Bold, italic, links. */
  readonly hasFormats: boolean;
  /** What Enter writes. */
  readonly lineBreak: string;
}

/** Longest text of a block, in UTF-16 units. Gmail cuts off an e-mail of 102 kB. */
export const MOST_TEXT = 50_000;

/** Tags, fields and entities of a text. They are shown as what they mean. */
export const TOKEN = /\{\{[^{}]*\}\}|<[^<>]*>|&(?:#\d+|\w+);/g;
export const TAG = /^<(\/?)([a-z][a-z0-9-]*)/i;
export const MARKS: Readonly<Record<string, string>> = {
  b: 'font-weight:bold',
  strong: 'font-weight:bold',
  i: 'font-style:italic',
  em: 'font-style:italic',
  u: 'text-decoration:underline',
  a: 'text-decoration:underline',
};
export const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&nbsp;': '\u00a0',
};

class Chip extends WidgetType {
  constructor(
    private readonly label: string,
    private readonly isField: boolean,
  ) {
    super();
  }

  override eq({ label, isField }: Chip): boolean {
    return label === this.label && isField === this.isField;
  }

  override toDOM(): HTMLElement {
    const chip = document.createElement('span');
    chip.textContent = this.label;
    if (this.isField) chip.className = 'text-chip';
    return chip;
  }
}

class LineBreak extends WidgetType {
  override eq(): boolean {
    return true;
  }

  override toDOM(): HTMLElement {
    return document.createElement('br');
  }
}

/** `{{fallback recipient.firstName "there"}}` as "recipient.firstName". */
export const fieldName = (field: string): string => {
  const words = field.slice(2, -2).trim().split(/\s+/);
  return (words[0] === 'fallback' || words[0] === '#when' ? words[1] : words[0]) ?? '';
};

function decorate(text: Text): { readonly shown: DecorationSet; readonly atoms: RangeSet<Decoration> } {
  const source = text.toString();
  const shown: Range<Decoration>[] = [];
  const atoms: Range<Decoration>[] = [];
  const open: { readonly name: string; readonly at: number }[] = [];
  for (const match of source.matchAll(TOKEN)) {
    const [token] = match;
    const from = match.index;
    const to = from + token.length;
    const [, closes, tag] = TAG.exec(token) ?? [];
    const name = tag?.toLowerCase();
    const hidden = (name !== undefined && name in MARKS) || name === 'span';
    const widget =
      name === 'br'
        ? new LineBreak()
        : new Chip(token.startsWith('{{') ? fieldName(token) : (ENTITIES[token] ?? token), !(token in ENTITIES));
    const decoration = hidden ? Decoration.replace({}) : Decoration.replace({ widget });
    shown.push(decoration.range(from, to));
    atoms.push(decoration.range(from, to));
    if (name === undefined || !(name in MARKS)) continue;
    if (closes !== '/') open.push({ name, at: to });
    const last = closes === '/' ? open.findLastIndex((one) => one.name === name) : -1;
    const [begun] = last === -1 ? [] : open.splice(last, 1);
    if (begun !== undefined && begun.at < from)
      shown.push(Decoration.mark({ attributes: { style: MARKS[name] ?? '' } }).range(begun.at, from));
  }
  return { shown: Decoration.set(shown, true), atoms: RangeSet.of(atoms, true) };
}

const decorations = StateField.define({
  create: ({ doc }) => decorate(doc),
  update: (before, { docChanged, newDoc }) => (docChanged ? decorate(newDoc) : before),
  provide: (field) => [
    EditorView.decorations.from(field, ({ shown }) => shown),
    EditorView.atomicRanges.of(({ state }) => state.field(field).atoms),
  ],
});

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
/** A copied text as words, without its tags. */
const asWords = (text: string): string =>
  text
    .replaceAll(/<br\s*\/?>/gi, '\n')
    .replaceAll(TOKEN, (token) => ENTITIES[token] ?? (token.startsWith('<') ? '' : token));

/** What is typed or pasted is text: `<` and `&` do not become markup. */
const plainInput = [
  EditorView.inputHandler.of((view, from, to, text) => {
    if (!/[<&]/.test(text)) return false;
    const insert = escaped(text);
    view.dispatch({
      changes: { from, to, insert },
      selection: { anchor: from + insert.length },
      userEvent: 'input.type',
    });
    return true;
  }),
  EditorView.clipboardInputFilter.of(escaped),
  EditorView.clipboardOutputFilter.of(asWords),
];

/** Puts a tag around the selected words, or removes it from around them. */
export function toggleTag(view: EditorView, name: 'b' | 'i'): boolean {
  const { from, to, empty } = view.state.selection.main;
  if (empty) return true;
  const [open, close] = [`<${name}>`, `</${name}>`];
  const { doc } = view.state;
  const isInside =
    doc.sliceString(from - open.length, from) === open && doc.sliceString(to, to + close.length) === close;
  view.dispatch({
    changes: isInside
      ? [
          { from: from - open.length, to: from },
          { from: to, to: to + close.length },
        ]
      : [
          { from, insert: open },
          { from: to, insert: close },
        ],
    userEvent: 'input',
  });
  return true;
}

/** Puts a link around the selected words. */
export function addLink(view: EditorView, link: string): void {
  const { from, to, empty } = view.state.selection.main;
  if (empty) return;
  view.dispatch({
    changes: [
      { from, insert: `<a href="{{links.${link}}}" style="color:{{brand.link}};">` },
      { from: to, insert: '</a>' },
    ],
    userEvent: 'input',
  });
}

export function insertField(view: EditorView, field: string): void {
  view.dispatch(view.state.replaceSelection(`{{${field}}}`), { userEvent: 'input' });
}

/**
 * An editor for the source of a text: it shows formats and fields instead of
 * markup, and writes nothing but what the author changes.
 */
export const richText = (
  text: string,
  { hasFormats, lineBreak }: TextRules,
  {
    label,
    extensions,
    onDone,
    onTooLong,
  }: {
    readonly label: string;
    readonly extensions: Extension;
    readonly onDone: () => void;
    /** Called for a change that is refused, because the text would be too long. */
    readonly onTooLong: () => void;
  },
): EditorState =>
  EditorState.create({
    doc: text,
    extensions: [
      EditorState.lineSeparator.of('\n'),
      EditorState.transactionFilter.of((change) => {
        if (!change.docChanged || change.newDoc.length <= Math.max(MOST_TEXT, change.startState.doc.length))
          return change;
        onTooLong();
        return [];
      }),
      decorations,
      history(),
      plainInput,
      keymap.of([
        { key: 'Escape', run: () => (onDone(), true) },
        { key: 'Mod-Enter', run: () => (onDone(), true) },
        { key: 'Mod-b', run: (view) => !hasFormats || toggleTag(view, 'b') },
        { key: 'Mod-i', run: (view) => !hasFormats || toggleTag(view, 'i') },
        {
          key: 'Enter',
          run: (view) => (view.dispatch(view.state.replaceSelection(lineBreak), { userEvent: 'input' }), true),
        },
        ...historyKeymap,
        ...standardKeymap,
      ]),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': label }),
      extensions,
    ],
  });
