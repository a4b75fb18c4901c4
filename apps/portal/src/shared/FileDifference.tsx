import { useComputedColorScheme } from '@mantine/core';
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import CodeMirror, { EditorView } from '@uiw/react-codemirror';
import { useMemo } from 'react';
import { codeTheme } from './code-theme';

interface FileDifferenceProps {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Diff of one file.
 * Unchanged lines are collapsed.
 */
export default function FileDifference({ path, before, after }: FileDifferenceProps) {
  const scheme = useComputedColorScheme();
  const extensions = useMemo(
    () => [
      unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: { margin: 2, minSize: 4 } }),
      EditorState.readOnly.of(true),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': path, tabindex: '0' }),
      codeTheme(scheme),
      // Few fonts have the library's own symbol.
      EditorView.theme({ '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: '"…"' } }),
    ],
    [path, before, scheme],
  );
  return (
    <CodeMirror
      value={after}
      extensions={extensions}
      theme="none"
      editable={false}
      basicSetup={{ foldGutter: false }}
    />
  );
}
