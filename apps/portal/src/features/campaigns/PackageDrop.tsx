import { List, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconPackage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { FileDrop } from '../../shared/FileDrop';
import { ProblemNote } from '../../shared/ProblemNote';
import { versionPath } from './campaign';
import { uploadPackage } from './api';

/**
 * Uploads a campaign package.
 * It becomes a draft, or all of its problems are listed.
 */
export function PackageDrop({ id }: { readonly id: string | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const upload = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.set('package', file);
      return uploadPackage(id, form);
    },
    onSuccess: async ({ campaignId, number }) => {
      await client.invalidateQueries();
      void navigate(versionPath(campaignId, number));
    },
  });
  return (
    <Stack>
      <FileDrop
        label={t('upload.drop')}
        kinds={t('upload.kinds')}
        icon={<IconPackage size={44} stroke={1.3} aria-hidden />}
        room={48}
        pending={upload.isPending}
        onFile={(file) => upload.mutate(file)}
      />
      <ProblemNote error={upload.error} />
      <Paper withBorder p="lg">
        <Stack gap="xs">
          <Title order={3}>{t('upload.what')}</Title>
          <List size="sm" spacing={4}>
            <List.Item>{t('upload.definition')}</List.Item>
            <List.Item>{t('upload.templates')}</List.Item>
            <List.Item>{t('upload.locales')}</List.Item>
            <List.Item>{t('upload.artwork')}</List.Item>
          </List>
          <Text size="sm" c="dimmed">
            {t('upload.cli')} <code>npx throughline push ./my-campaign</code>
          </Text>
        </Stack>
      </Paper>
    </Stack>
  );
}
