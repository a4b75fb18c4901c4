import { Button, Code, CopyButton, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A text with a copy button. */
export function CopyLine({ text, label }: { readonly text: string; readonly label: string }) {
  const { t } = useTranslation();
  return (
    <Group>
      <Code style={{ overflowWrap: 'anywhere' }}>{text}</Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button size="compact-sm" variant="default" onClick={copy}>
            {copied ? t('assets.copied') : label}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
