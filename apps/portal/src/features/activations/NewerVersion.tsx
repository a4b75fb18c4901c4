import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ActivationDetail, NewerVersionView } from '#contracts';
import { get } from '../../shared/api';
import { useFormat } from '../../shared/format';

type Newer = NonNullable<NewerVersionView['newer']>;
const MEDIA = ['emails', 'pages', 'documents', 'social'] as const;

/** Says that the vendor has published another version since, what is different in it, and how one comes to it. */
export function NewerVersion({ activation: { id, status } }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = useQuery({
    queryKey: ['activation', id, 'newer-version'],
    queryFn: get<NewerVersionView>(`/activations/${id}/newer-version`),
    staleTime: 60_000,
  });
  const newer = found.data?.newer;
  if (newer === null || newer === undefined) return null;
  const goesOn = status === 'active' || status === 'held';
  return (
    <Alert
      color="teal"
      icon={<IconSparkles aria-hidden />}
      title={t('newerVersion.title', { number: newer.number })}
      role="region"
    >
      <Stack gap="sm" align="flex-start">
        <Differences newer={newer} />
        <Text size="sm">
          {t(goesOn ? 'newerVersion.goesOn' : 'newerVersion.over', { day: format.day(newer.closesOn) })}
        </Text>
        <Button component={Link} to={`/offers/${newer.versionId}`} variant="default" size="xs">
          {t('newerVersion.review', { number: newer.number })}
        </Button>
      </Stack>
    </Alert>
  );
}

function Differences({ newer }: { readonly newer: Newer }) {
  const { t } = useTranslation();
  const parts = MEDIA.flatMap((medium) => newer[medium].map((part) => ({ medium, ...part })));
  if (parts.length === 0 && !newer.sequence) return <Text size="sm">{t('newerVersion.same')}</Text>;
  return (
    <List size="sm" spacing={2}>
      {parts.map(({ medium, key, change }) => (
        <List.Item key={`${medium} ${key}`}>
          {t(`newerVersion.${medium}`, { key })}: {t(`newerVersion.${change}`)}
        </List.Item>
      ))}
      {newer.sequence && <List.Item>{t('newerVersion.sequence')}</List.Item>}
    </List>
  );
}
