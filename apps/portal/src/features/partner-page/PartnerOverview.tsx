import { Anchor, List, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PartnerOverview as Overview } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { localised } from '../../shared/localised';
import { Loaded } from '../../shared/Page';
import { Section } from '../../shared/Section';
import { StatusBadge } from '../../shared/StatusBadge';
import { usePartnerOverview } from './api';

/** People, sending state and launches of a partner. No contacts and no results. */
export function PartnerOverview({ partnerId }: { readonly partnerId: string }) {
  const overview = usePartnerOverview(partnerId);
  return (
    <Loaded query={overview} height={160}>
      {({ people, sending, launches }) => (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <People people={people} />
            <Sending sending={sending} />
          </SimpleGrid>
          <Launches launches={launches} />
        </>
      )}
    </Loaded>
  );
}

function People({ people }: Pick<Overview, 'people'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Section title={t('partnerPage.people')}>
      {people.length === 0 ? (
        <Text size="sm">{t('partnerPage.noPeople')}</Text>
      ) : (
        <List size="sm">
          {people.map(({ name, role, lastSignInOn }) => (
            <List.Item key={`${name} ${role}`}>
              {t('partnerPage.person', {
                name,
                role: t(`team.roles.${role}`),
                when:
                  lastSignInOn === null
                    ? t('partnerPage.noSignIn')
                    : t('partnerPage.signedInOn', { day: format.date(lastSignInOn) }),
              })}
            </List.Item>
          ))}
        </List>
      )}
    </Section>
  );
}

function Sending({ sending }: Pick<Overview, 'sending'>) {
  const { t } = useTranslation();
  if (sending === null)
    return (
      <Section title={t('partnerPage.sending')}>
        <Text size="sm">{t('partnerPage.noSending')}</Text>
      </Section>
    );
  const { domainState, stops, missingConsents } = sending;
  return (
    <Section title={t('partnerPage.sending')}>
      <List size="sm">
        <List.Item>
          {t('partnerSending.domain')}: {t(`partnerSending.state.${domainState}`)}
        </List.Item>
        {stops.length === 0 ? (
          <List.Item>
            {t('partnerSending.mail')}: {t('partnerSending.goes')}
          </List.Item>
        ) : (
          stops.map((cause) => <List.Item key={cause}>{t(`partnerSending.stop.${cause}`)}</List.Item>)
        )}
        {missingConsents.length > 0 && (
          <List.Item>
            {t('partnerSending.notAgreed', { hosts: missingConsents.map(({ host }) => host).join(', ') })}
          </List.Item>
        )}
      </List>
    </Section>
  );
}

function Launches({ launches }: Pick<Overview, 'launches'>) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const columns: readonly Column<Overview['launches'][number]>[] = [
    {
      key: 'campaign',
      title: t('partnerPage.campaign'),
      isHeading: true,
      cell: ({ campaignId, title }) => (
        <Anchor component={Link} to={`/campaigns/${campaignId}`} size="sm" fw={600}>
          {localised(title, i18n.language)}
        </Anchor>
      ),
    },
    { key: 'status', title: t('partners.status'), cell: ({ status }) => <StatusBadge status={status} /> },
    { key: 'launched', title: t('partnerPage.launchedOn'), cell: ({ launchedAt }) => format.moment(launchedAt) },
  ];
  return (
    <Section title={t('partnerPage.launches')}>
      {launches.length === 0 ? (
        <Text size="sm">{t('partnerPage.noLaunches')}</Text>
      ) : (
        <DataTable
          label={t('partnerPage.launches')}
          items={launches}
          idOf={({ activationId }) => activationId}
          columns={columns}
        />
      )}
    </Section>
  );
}
