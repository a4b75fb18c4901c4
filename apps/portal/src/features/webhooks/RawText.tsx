import { Code } from '@mantine/core';

/** Text of other systems as it is; it breaks rather than scrolls. */
export function RawText({ children }: { readonly children: string }) {
  return (
    <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {children}
    </Code>
  );
}
