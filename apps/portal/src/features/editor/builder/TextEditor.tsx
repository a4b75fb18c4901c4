import { Box } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { EditorView } from '@codemirror/view';
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../shared/format';
import { MOST_TEXT, richText, type TextRules } from './rich-text';
import { TextTools } from './TextTools';

interface TextEditorProps {
  readonly text: string;
  readonly label: string;
  readonly rules: TextRules;
  /** Names of links of the campaign. */
  readonly links: readonly string[];
  /** Look of the text in the e-mail. */
  readonly look?: CSSProperties;
  /** Where its tools are shown; null: above it. */
  readonly toolsIn?: HTMLElement | null;
  readonly autoFocus?: boolean;
  /** Called when the author leaves the text, with its new source if it changed. */
  readonly onLeave: (text: string | null) => void;
}

/** Edits a text with its formats and fields. */
export function TextEditor(props: TextEditorProps) {
  const { text, label, rules, links, look, toolsIn = null, autoFocus = false, onLeave } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const parent = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<EditorView | null>(null);
  useEffect(() => {
    if (parent.current === null) return undefined;
    const state = richText(text, rules, {
      label,
      extensions: THEME,
      onDone: () => created.contentDOM.blur(),
      onTooLong: () => {
        notifications.show({ color: 'yellow', message: t('builder.textTooLong', { most: format.number(MOST_TEXT) }) });
      },
    });
    const created = new EditorView({ state, parent: parent.current });
    if (autoFocus) {
      created.focus();
      created.dispatch({ selection: { anchor: 0, head: created.state.doc.length } });
    }
    setView(created);
    return () => created.destroy();
    // A new text from outside replaces the editor.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [text]);
  const tools = view !== null && <TextTools view={view} rules={rules} links={links} />;
  return (
    <Box
      className="text-editor"
      onBlur={({ currentTarget, relatedTarget }) => {
        const isInside =
          relatedTarget instanceof Node && (currentTarget.contains(relatedTarget) || inTools(relatedTarget));
        if (isInside || view === null) return;
        const written = view.state.sliceDoc();
        onLeave(written === text ? null : written);
      }}
    >
      {toolsIn === null ? tools : createPortal(tools, toolsIn)}
      <div ref={parent} style={look} />
    </Box>
  );
}

/** Menus of the tools are outside the editor's element. The tools of the next text are not those of this one. */
const inTools = (node: Node): boolean =>
  node instanceof Element && node.closest('[data-text-tools]') !== null && node.closest('.text-editor') === null;

const THEME = EditorView.theme({
  '&': { background: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-content': { padding: '0', fontFamily: 'inherit', lineHeight: 'inherit', caretColor: 'currentColor' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: 'inherit', overflow: 'visible' },
  '.cm-line': { padding: '0' },
});
