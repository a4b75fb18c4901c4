import { Grid, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded, Page } from '../../shared/Page';
import { useBrandKit } from './api';
import { KitColour } from './KitColour';
import { KitDesign } from './KitDesign';
import { KitLogo } from './KitLogo';
import { MailPreview } from './MailPreview';

/** A vendor's logo, colours and design, as its e-mails and builders show them. */
export function BrandKitScreen() {
  const { t } = useTranslation();
  const [trial, setTrial] = useState<string | null>(null);
  const kit = useBrandKit();
  return (
    <Page title={t('brandKit.title')} lead={t('brandKit.lead')}>
      <Loaded query={kit} height={640}>
        {(loaded) => (
          <Grid gap="xl">
            <Grid.Col span={{ base: 12, md: 6 }}>
              <Stack gap="lg">
                <KitLogo kit={loaded} />
                <KitColour key={loaded.version} kit={loaded} onTrial={setTrial} />
                <KitDesign key={`design ${loaded.version}`} kit={loaded} />
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 6 }}>
              <MailPreview version={loaded.version} trial={trial} />
            </Grid.Col>
          </Grid>
        )}
      </Loaded>
    </Page>
  );
}
