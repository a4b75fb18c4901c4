import { Alert, Group, Image, Paper, Stack, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BrandProfile } from '#contracts';
import { useCan } from '../../shared/session';
import { FileDrop } from '../../shared/FileDrop';
import { ProblemNote } from '../../shared/ProblemNote';
import { useTranslateCode } from '../../shared/translate-code';
import { uploadLogo, brandKeys } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';

const SURFACES = [
  { surface: 'light', background: '#ffffff' },
  { surface: 'dark', background: '#101828' },
] as const;

/** Uploads a partner's logo and previews it on light and dark, with advice. */
export function LogoField({ profile }: { readonly profile: BrandProfile }) {
  const { t } = useTranslation();
  const translateCode = useTranslateCode();
  const can = useCan();
  const upload = useUploadLogo();
  return (
    <Paper withBorder p="lg">
      <Stack gap="sm">
        <Title order={2} size="h3">
          {t('logo.title')}
        </Title>
        {can('brand.edit') && (
          <FileDrop
            name={t('logo.title')}
            label={t('logo.drop')}
            kinds={t('logo.kinds')}
            icon={<IconPhoto size={32} stroke={1.4} aria-hidden />}
            room="sm"
            pending={upload.isPending}
            onFile={(file) => upload.mutate(file)}
          />
        )}
        <ProblemNote error={upload.error} />
        {profile.logoId !== null && <LogoOnSurfaces logoId={profile.logoId} />}
        {upload.data?.feedback.map(({ code, message, remedy, named }) => (
          <Alert key={code} color="yellow">
            {translateCode('values', code, `${message} ${remedy}`, named)}
          </Alert>
        ))}
      </Stack>
    </Paper>
  );
}

function useUploadLogo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.set('file', file);
      return uploadLogo(form);
    },
    onSuccess: ({ profile: changed }) => {
      client.setQueryData(brandKeys.profile, changed);
      void invalidate(client, queryKeys.offers);
    },
  });
}

/** The logo on a light and on a dark surface. */
function LogoOnSurfaces({ logoId }: { readonly logoId: string }) {
  const { t } = useTranslation();
  return (
    <Group grow>
      {SURFACES.map(({ surface, background }) => (
        <Paper key={surface} withBorder p="md" style={{ background }}>
          <Image
            src={`/api/v1/brand-profile/logos/${surface}.png?width=320&height=120&of=${logoId}`}
            alt={t(`logo.on.${surface}`)}
            h={60}
            fit="contain"
          />
        </Paper>
      ))}
    </Group>
  );
}
