import { Code } from '@mantine/core';

/**
 * Text of other systems, unchanged.
 * It wraps and does not scroll.
 */
export function RawText({ children }: { readonly children: string }) {
  return (
    <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {children}
    </Code>
  );
}
