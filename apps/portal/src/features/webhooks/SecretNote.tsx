import { Alert, Button, Code, CopyButton, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A secret, the one time that it is shown. */
export function SecretNote({ secret }: { readonly secret: string }) {
  const { t } = useTranslation();
  return (
    <Alert color="teal" title={t('webhooks.once')} role="status">
      <Group>
        <Code style={{ overflowWrap: 'anywhere' }}>{secret}</Code>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" onClick={copy}>
              {t(copied ? 'assets.copied' : 'keys.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Alert>
  );
}
