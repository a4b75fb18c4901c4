import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

interface Colours {
  readonly ground: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly selection: string;
  readonly name: string;
  readonly attribute: string;
  readonly value: string;
}

/**
 * Every colour has a contrast of 4.5 : 1 on the background and on the active
 * line (WCAG 2.2, 1.4.3).
 */
const LIGHT: Colours = {
  ground: '#ffffff',
  text: '#1f2937',
  quiet: '#5b6472',
  line: '#f2f7f6',
  selection: '#c5e8e2',
  name: '#0b5f57',
  attribute: '#6b3fa0',
  value: '#a1260d',
};
const DARK: Colours = {
  ground: '#1f1f1f',
  text: '#e5e7eb',
  quiet: '#a8adb5',
  line: '#282b2b',
  selection: '#234f49',
  name: '#5eead4',
  attribute: '#d0b3ff',
  value: '#ffb59f',
};

/** CodeMirror theme of the editor. */
export function codeTheme(scheme: 'light' | 'dark'): Extension {
  const { ground, text, quiet, line, selection, name, attribute, value } = scheme === 'dark' ? DARK : LIGHT;
  return [
    EditorView.theme(
      {
        '&': { fontSize: '13px', color: text, backgroundColor: ground },
        '.cm-content': { caretColor: text },
        '.cm-cursor': { borderLeftColor: text },
        '.cm-gutters': { backgroundColor: ground, color: quiet, borderRight: 'none' },
        '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: line },
        '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
          backgroundColor: selection,
        },
        '.cm-tooltip': { backgroundColor: ground, color: text, border: `1px solid ${quiet}` },
      },
      { dark: scheme === 'dark' },
    ),
    syntaxHighlighting(
      HighlightStyle.define([
        { tag: [tags.tagName, tags.definition(tags.propertyName), tags.propertyName, tags.keyword], color: name },
        { tag: [tags.attributeName, tags.typeName], color: attribute },
        { tag: [tags.attributeValue, tags.string, tags.number, tags.bool], color: value },
        { tag: [tags.comment, tags.angleBracket, tags.punctuation, tags.separator], color: quiet },
      ]),
    ),
  ];
}
