import { Button, FileButton, Group, Image, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LogoUpload } from '#contracts';
import { ProblemNote } from '../../shared/ProblemNote';
import { useCan } from '../../shared/session';
import { chooseLogoVariant, uploadLogoVariant } from './api';
import { formOf, useLogoChange } from './logo-change';

const BACKGROUNDS = { light: '#ffffff', dark: '#101828' } as const;
const KINDS = 'image/png,image/jpeg,image/webp,image/svg+xml';

interface LogoOnSurfaceProps {
  readonly logoId: string;
  readonly surface: keyof typeof BACKGROUNDS;
  /** Undefined while it is loaded. */
  readonly state: LogoUpload['surfaces']['light'] | undefined;
}

/** The logo on one surface, and the choice of its variant. */
export function LogoOnSurface({ logoId, surface, state }: LogoOnSurfaceProps) {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <Stack gap="xs">
      <Paper withBorder p="md" style={{ background: BACKGROUNDS[surface] }}>
        <Image
          src={`/api/v1/brand-profile/logos/${surface}.png?width=320&height=120&of=${logoId}`}
          alt={t(`logo.on.${surface}`)}
          h={60}
          fit="contain"
        />
      </Paper>
      {state !== undefined && (
        <Text size="xs" c="dimmed">
          {t(`logo.source.${state.source}`)}
        </Text>
      )}
      {state !== undefined && can('brand.edit') && <Choices surface={surface} state={state} />}
    </Stack>
  );
}

type ChoicesProps = Required<Pick<LogoOnSurfaceProps, 'surface'>> & { readonly state: LogoUpload['surfaces']['light'] };

function Choices({ surface, state: { source, isAdapted } }: ChoicesProps) {
  const { t } = useTranslation();
  const choice = useLogoChange((to: 'original' | 'generated') => chooseLogoVariant(surface, to));
  const upload = useLogoChange((file: File) => uploadLogoVariant(surface, formOf(file)));
  const isBusy = choice.isPending || upload.isPending;
  const look = { variant: 'default', size: 'xs', loading: isBusy } as const;
  return (
    <Group gap="xs">
      {source !== 'original' && (
        <Button {...look} onClick={() => choice.mutate('original')}>
          {t('logo.useOriginal')}
        </Button>
      )}
      {isAdapted && source !== 'generated' && (
        <Button {...look} onClick={() => choice.mutate('generated')}>
          {t('logo.useGenerated')}
        </Button>
      )}
      <FileButton accept={KINDS} onChange={(file) => file !== null && upload.mutate(file)}>
        {(props) => (
          <Button {...props} {...look}>
            {t(`logo.uploadFor.${surface}`)}
          </Button>
        )}
      </FileButton>
      <ProblemNote error={choice.error ?? upload.error} />
    </Group>
  );
}
