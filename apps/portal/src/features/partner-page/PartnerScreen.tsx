import { Anchor, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useFormat } from '../../shared/format';
import { Loaded, Page } from '../../shared/Page';
import { StatusBadge } from '../../shared/StatusBadge';
import { usePartner } from './api';
import { MasterData } from './MasterData';
import { PartnerAttributes } from './PartnerAttributes';
import { PartnerDistribution } from './PartnerDistribution';
import { PartnerEngagement } from './PartnerEngagement';
import { PartnerManager } from './PartnerManager';
import { PartnerActivity } from './PartnerActivity';
import { PartnerOverview } from './PartnerOverview';
import { TierSection } from './TierSection';

/** One partner, as its vendor sees it. Never its contacts. */
export function PartnerScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const { id = '' } = useParams();
  const partner = usePartner(id);
  return (
    <Page
      title={partner.data?.name ?? t('partnerPage.one')}
      lead={
        <Anchor component={Link} to="/partners" size="sm">
          {t('partnerPage.all')}
        </Anchor>
      }
    >
      <Loaded query={partner}>
        {(loaded) => (
          <>
            <Group gap="sm">
              <StatusBadge status={loaded.status} label={t(`partners.state.${loaded.status}`)} />
              <Text size="sm">
                {loaded.joinedAt === null
                  ? t('partnerPage.invitedOn', { day: format.date(loaded.invitedAt) })
                  : t('partnerPage.joinedOn', { day: format.date(loaded.joinedAt) })}
                {' · '}
                {format.country(loaded.countryCode)}
              </Text>
            </Group>
            <PartnerOverview partnerId={id} />
            {loaded.status === 'active' && <TierSection partnerId={id} name={loaded.name} />}
            {loaded.status === 'active' && <PartnerEngagement partnerId={id} />}
            <PartnerManager partner={loaded} />
            <PartnerActivity partnerId={id} />
            <MasterData partner={loaded} />
            <PartnerDistribution partner={loaded} />
            <PartnerAttributes partnerId={id} isEditable={loaded.status !== 'ended'} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
