import { Paper, SimpleGrid, Stack, Title } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BrandProfile } from '#contracts';
import { useCan } from '../../shared/session';
import { FileDrop } from '../../shared/FileDrop';
import { LogoAdvice } from '../../shared/LogoAdvice';
import { ProblemNote } from '../../shared/ProblemNote';
import { uploadLogo, useLogo } from './api';
import { formOf, useLogoChange } from './logo-change';
import { LogoOnSurface } from './LogoOnSurface';

/** Uploads a partner's logo and previews it on light and dark, with advice. */
export function LogoField({ profile }: { readonly profile: BrandProfile }) {
  const { t } = useTranslation();
  const can = useCan();
  const upload = useLogoChange(uploadLogo);
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
            onFile={(file) => upload.mutate(formOf(file))}
          />
        )}
        <ProblemNote error={upload.error} />
        {profile.logoId !== null && <Variants logoId={profile.logoId} />}
      </Stack>
    </Paper>
  );
}

/** The logo on a light and on a dark surface, and advice about it. */
function Variants({ logoId }: { readonly logoId: string }) {
  const { data: logo } = useLogo(logoId);
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {(['light', 'dark'] as const).map((surface) => (
          <LogoOnSurface key={surface} logoId={logoId} surface={surface} state={logo?.surfaces[surface]} />
        ))}
      </SimpleGrid>
      {logo !== undefined && <LogoAdvice feedback={logo.feedback} />}
    </>
  );
}
