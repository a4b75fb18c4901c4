import { Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A labelled text with a copy button, such as a part of a DNS record. */
export function CopyField({ label, text }: { readonly label: string; readonly text: string }) {
  const { t } = useTranslation();
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <Stack gap={2} style={{ flex: 1, minWidth: 0 }}>
        <Text size="xs" c="dimmed">
          {label}
        </Text>
        <Code style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>{text}</Code>
      </Stack>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('sending.copyWhat', { what: label })}
            onClick={copy}
            style={{ flexShrink: 0 }}
          >
            {t(copied ? 'assets.copied' : 'sending.copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
