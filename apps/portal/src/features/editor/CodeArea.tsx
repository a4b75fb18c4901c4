import { useComputedColorScheme } from '@mantine/core';
import { autocompletion } from '@codemirror/autocomplete';
import { historyField } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import CodeMirror, { EditorView, type ReactCodeMirrorRef } from '@uiw/react-codemirror';
import { useEffect, useMemo, useRef } from 'react';
import type { AuthoringLanguage, EditCheck } from '#contracts';
import { codeTheme } from '../../shared/code-theme';
import { useGateText } from '../../shared/gate-text';
import { languageOf } from './completion';

const FIELDS = { history: historyField };
type Problem = EditCheck['problems'][number];

interface CodeAreaProps {
  readonly path: string;
  readonly text: string;
  readonly language: AuthoringLanguage;
  readonly problems: readonly Problem[];
  readonly readOnly: boolean;
  /** Cursor target; a new object for each jump. */
  readonly goTo: { readonly line: number; readonly column: number } | null;
  /** Undo history of each file while another is open. */
  readonly session: Map<string, unknown>;
  readonly onWrite: (text: string) => void;
}

/**
 * Code editor for one file.
 * Problems are underlined.
 */
export default function CodeArea({ path, text, language, problems, readOnly, goTo, session, onWrite }: CodeAreaProps) {
  const editor = useRef<ReactCodeMirrorRef>(null);
  const scheme = useComputedColorScheme();
  const gateText = useGateText();
  const extensions = useMemo(
    () => [
      languageOf(path, language),
      autocompletion({ activateOnTyping: true }),
      lintGutter(),
      EditorView.lineWrapping,
      codeTheme(scheme),
      EditorView.contentAttributes.of({ 'aria-label': path, tabindex: '0' }),
    ],
    [path, language, scheme],
  );
  useEffect(() => {
    const view = editor.current?.view;
    if (view !== undefined) view.dispatch(setDiagnostics(view.state, problems.map(diagnosticIn(view, gateText))));
  }, [problems, path, gateText]);
  useEffect(() => {
    const view = editor.current?.view;
    if (goTo === null || view === undefined) return;
    const position = positionIn(view, goTo.line, goTo.column);
    view.dispatch({ selection: { anchor: position }, effects: EditorView.scrollIntoView(position, { y: 'center' }) });
    view.focus();
  }, [goTo]);
  const kept = useMemo(() => keptState(session.get(`code ${path}`)), [session, path]);
  return (
    <CodeMirror
      key={path}
      ref={editor}
      value={text}
      height="640px"
      theme="none"
      readOnly={readOnly}
      extensions={extensions}
      // Tab moves the focus out of the editor, as in every field.
      indentWithTab={false}
      {...(kept === undefined ? {} : { initialState: kept })}
      onUpdate={({ state, docChanged }) => {
        if (docChanged) session.set(`code ${path}`, state);
      }}
      onChange={onWrite}
    />
  );
}

/** Serialised text and history of a file, if valid. */
const keptState = (state: unknown): { json: unknown; fields: typeof FIELDS } | undefined =>
  state instanceof EditorState ? { json: state.toJSON(FIELDS), fields: FIELDS } : undefined;

function positionIn({ state: { doc } }: EditorView, line: number, column: number): number {
  const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(from + Math.max(column - 1, 0), to);
}

const diagnosticIn =
  (view: EditorView, gateText: (problem: Problem) => string) =>
  (problem: Problem): Diagnostic => {
    const { line, column, severity } = problem;
    const from = positionIn(view, line ?? 1, column ?? 1);
    return { from, to: view.state.doc.lineAt(from).to, severity, message: gateText(problem) };
  };
