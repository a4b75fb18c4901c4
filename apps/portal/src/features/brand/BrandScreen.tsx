import { Alert, Anchor, Grid, List, Stack } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BrandProfile } from '#contracts';
import { useHasNoContacts } from '../../shared/has-no-contacts';
import { Loaded, Page } from '../../shared/Page';
import { useTranslateCode } from '../../shared/translate-code';
import type { Edit } from './brand-values';
import { BrandForm } from './BrandForm';
import { BrandPreview } from './BrandPreview';
import { HostsCard } from './HostsCard';
import { LogoField } from './LogoField';
import { useBrandProfile } from './api';

export function BrandScreen() {
  const { t } = useTranslation();
  const [written, setWritten] = useState<Edit | null>(null);
  const profile = useBrandProfile();
  return (
    <Page title={t('brand.title')} lead={t('brand.lead')}>
      <Loaded query={profile} height={640}>
        {(loaded) => (
          <Grid gap="xl">
            <Grid.Col span={{ base: 12, md: 6 }}>
              <Stack gap="lg">
                <Missing profile={loaded} />
                {lacksProof(loaded) && <HostsCard version={loaded.version} />}
                <LogoField profile={loaded} />
                <BrandForm profile={loaded} onWritten={setWritten} />
                {!lacksProof(loaded) && <HostsCard version={loaded.version} />}
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 6 }}>
              <BrandPreview profile={loaded} written={written} />
            </Grid.Col>
          </Grid>
        )}
      </Loaded>
    </Page>
  );
}

/**
 * A missing proof blocks a launch, so its section comes first.
 * Verified hosts come last.
 */
const lacksProof = ({ missing }: BrandProfile): boolean => missing.some(({ field }) => field === 'website.host');

function Missing({ profile }: { readonly profile: BrandProfile }) {
  const { t } = useTranslation();
  const translateCode = useTranslateCode();
  if (profile.isComplete) {
    return (
      <Alert color="teal" icon={<IconCircleCheck aria-hidden />} title={t('brand.complete')}>
        {t('brand.completeText')} <WhatNext />
      </Alert>
    );
  }
  return (
    <Alert color="yellow" title={t('brand.missing')}>
      <List size="sm">
        {profile.missing.map(({ field, sentence, named }) => (
          <List.Item key={field}>{translateCode('missing', field, sentence, named)}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

/**
 * Links to the import while the partner has no contacts, else to the campaigns.
 */
function WhatNext() {
  const { t } = useTranslation();
  const hasNoContacts = useHasNoContacts();
  if (hasNoContacts === undefined) return null;
  return (
    <Anchor component={Link} to={hasNoContacts ? '/contacts/import' : '/'} size="sm" fw={600}>
      {t(hasNoContacts ? 'brand.nextImport' : 'brand.nextCampaigns')}
    </Anchor>
  );
}
