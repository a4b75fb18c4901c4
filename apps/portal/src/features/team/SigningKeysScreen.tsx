import { Badge, Button, Code, CopyButton, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconDownload, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SigningKeys } from '#contracts';
import { useSession } from '../../shared/session';
import { ApiProblem, call } from '../../shared/api';
import { Confirm } from '../../shared/Confirm';
import { useFormat } from '../../shared/format';
import { ListScreen } from '../../shared/ListScreen';
import { createSigningKey, teamKeys } from './api';
import { invalidate } from '../../shared/query-keys';

type SigningKey = SigningKeys['keys'][number];

/**
 * Keys that seal a vendor's campaigns: the current one, earlier ones, and the
 * rotation.
 */
export function SigningKeysScreen() {
  const { t } = useTranslation();
  const { organisation } = useSession();
  const path = `/vendors/${organisation?.id ?? ''}/signing-keys`;
  const keys = useQuery({ queryKey: teamKeys.signingKeys, queryFn: () => readKeys(path), select: newestFirst });
  const hasKeys = keys.data !== undefined && keys.data.length > 0;
  return (
    <ListScreen
      title={t('signing.title')}
      lead={t('signing.lead')}
      actions={hasKeys && <Actions path={path} />}
      list={keys}
      height={220}
      empty={{ icon: IconShieldCheck, title: t('signing.none'), text: t('signing.noneText') }}
      after={
        <Text size="sm" c="dimmed" maw={720}>
          {t('signing.verify')} <Code>npx throughline verify --help</Code>
        </Text>
      }
    >
      {(found) => (
        <Stack gap="sm">
          {found.map((key) => (
            <KeyCard key={key.kid} signingKey={key} />
          ))}
        </Stack>
      )}
    </ListScreen>
  );
}

/** Downloads the keys, or replaces the current one after a question. */
function Actions({ path }: { readonly path: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const rotate = useMutation({
    mutationFn: () => createSigningKey(),
    onSuccess: () => invalidate(client, teamKeys.signingKeys),
  });
  return (
    <>
      <Button
        component="a"
        href={`/api/v1${path}`}
        download="signing-keys.json"
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
      >
        {t('signing.download')}
      </Button>
      <Confirm
        label={t('signing.rotate')}
        question={t('signing.rotateQuestion')}
        onConfirm={() => rotate.mutateAsync()}
      >
        {t('signing.rotateText')}
      </Confirm>
    </>
  );
}

/**
 * A vendor without published campaigns has no keys.
 * That is not an error.
 */
async function readKeys(path: string): Promise<SigningKeys> {
  try {
    return await call<SigningKeys>('GET', path);
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.status === 404) return { keys: [] };
    throw error;
  }
}

const newestFirst = ({ keys }: SigningKeys): SigningKey[] =>
  [...keys].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));

function KeyCard({ signingKey: { kid, x, createdAt, retiredAt } }: { readonly signingKey: SigningKey }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Paper withBorder p="md" component="section" aria-label={kid}>
      <Group justify="space-between" align="flex-start">
        <Stack gap={4} style={{ minWidth: 0 }}>
          <Group gap="xs">
            <Title order={2} size="h4">
              {t('signing.since', { at: format.moment(createdAt) })}
            </Title>
            <Badge variant="light" tt="none" color={retiredAt === null ? 'teal' : 'gray'}>
              {retiredAt === null ? t('signing.signs') : t('signing.until', { at: format.moment(retiredAt) })}
            </Badge>
          </Group>
          <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
            {t('signing.thumbprint')} {kid}
          </Text>
          <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
            Ed25519 {x}
          </Text>
        </Stack>
        <CopyButton value={x}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy}>
              {t(copied ? 'assets.copied' : 'signing.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Paper>
  );
}
