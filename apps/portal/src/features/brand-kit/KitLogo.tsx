import { Group, Image, Paper, Stack, Title } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BrandKit } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { FileDrop } from '../../shared/FileDrop';
import { LogoAdvice } from '../../shared/LogoAdvice';
import { ProblemNote } from '../../shared/ProblemNote';
import { useCan } from '../../shared/session';
import { removeKitLogo, uploadKitLogo, useKitChange, useKitReload } from './api';

/** Uploads a vendor's logo, shows it as mails do, and removes it. */
export function KitLogo({ kit: { logo } }: { readonly kit: BrandKit }) {
  const { t } = useTranslation();
  const can = useCan();
  const upload = useKitChange(uploadKitLogo);
  const reload = useKitReload();
  return (
    <Paper withBorder p="lg">
      <Stack gap="sm">
        <Title order={2} size="h3">
          {t('logo.title')}
        </Title>
        {can('brand-kit.edit') && (
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
        {logo !== null && <OnWhite logo={logo} />}
        {logo !== null && can('brand-kit.edit') && (
          <Group justify="flex-end">
            <Confirm
              label={t('brandKit.removeLogo')}
              question={t('brandKit.removeAsk')}
              onConfirm={() => removeKitLogo().then(reload)}
            >
              {t('brandKit.removeText')}
            </Confirm>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

function OnWhite({ logo }: { readonly logo: NonNullable<BrandKit['logo']> }) {
  const { t } = useTranslation();
  return (
    <>
      <Paper withBorder p="md" bg="#ffffff">
        <Image src={`${logo.images['light']}&of=${logo.logoId}`} alt={t('logo.on.light')} h={60} fit="contain" />
      </Paper>
      <LogoAdvice feedback={logo.feedback} />
    </>
  );
}
