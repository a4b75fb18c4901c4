import { Button, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Loaded, Page } from '../../shared/Page';
import { useCan, useSession } from '../../shared/session';
import { useVendorHome } from './api';
import { Decisions } from './Decisions';
import { PartnersToCareFor } from './PartnersToCareFor';
import { ProgrammeFigures } from './ProgrammeFigures';
import { RunningCampaigns } from './RunningCampaigns';

interface VendorHomeScreenProps {
  /** Shown below the heading. */
  readonly above?: ReactNode;
}

/** A vendor's home: what to decide today, and how the programme does. */
export function VendorHomeScreen({ above }: VendorHomeScreenProps) {
  const { t } = useTranslation();
  const { user, organisation } = useSession();
  const can = useCan();
  const home = useVendorHome(can('vendor-insight.read'));
  return (
    <Page
      title={t('home.title', { name: user.name.split(' ')[0] ?? user.name })}
      lead={can('programme.read') ? organisation?.name : t('managers.ownOnly')}
      actions={
        can('campaigns.edit') && (
          <Button component={Link} to="/campaigns/new" leftSection={<IconPlus size={16} aria-hidden />}>
            {t('campaigns.new')}
          </Button>
        )
      }
    >
      {above}
      <Decisions />
      <Loaded query={home} height={480}>
        {(data) => (
          <Stack gap="xl">
            <ProgrammeFigures home={data} />
            <RunningCampaigns asOf={data.asOf} campaigns={data.campaigns} />
            <PartnersToCareFor care={data.care} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}
