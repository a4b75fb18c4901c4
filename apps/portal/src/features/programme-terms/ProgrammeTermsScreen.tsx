import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProgrammeTermsVersion, ProgrammeTermsView } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { Loaded, Page } from '../../shared/Page';
import { Section } from '../../shared/Section';
import { useCan } from '../../shared/session';
import { useProgrammeTerms } from './api';
import { PublishTerms } from './PublishTerms';
import { TermsPartners } from './TermsPartners';
import { VersionText } from './VersionText';

/** The terms of a vendor's programme: versions, a new one, and who accepted the newest. */
export function ProgrammeTermsScreen() {
  const { t } = useTranslation();
  const can = useCan();
  const terms = useProgrammeTerms();
  return (
    <Page
      title={t('programmeTerms.title')}
      lead={t(can('programme.read') ? 'programmeTerms.lead' : 'managers.ownOnly')}
    >
      <Loaded query={terms}>
        {(loaded) => (
          <>
            <Versions terms={loaded} />
            {loaded.items.length > 0 && <TermsPartners />}
            {can('terms.edit') && <PublishTerms terms={loaded} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Versions({ terms: { items, partnerCount } }: { readonly terms: ProgrammeTermsView }) {
  const { t } = useTranslation();
  const columns = useColumns(partnerCount);
  return (
    <Section title={t('programmeTerms.versions')}>
      {items.length === 0 ? (
        <Text size="sm">{t('programmeTerms.none')}</Text>
      ) : (
        <Stack>
          <DataTable
            label={t('programmeTerms.versions')}
            items={items}
            isWhole
            idOf={({ number }) => String(number)}
            columns={columns}
            minWidth={760}
            actions={(version) => <VersionText version={version} />}
          />
        </Stack>
      )}
    </Section>
  );
}

function useColumns(partnerCount: number): readonly Column<ProgrammeTermsVersion>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'number',
      title: t('programmeTerms.version'),
      isHeading: true,
      cell: ({ number, publishedBy, publishedAt }) => (
        <>
          {number}
          <Text size="xs" c="dimmed" fw={400}>
            {t('programmeTerms.publishedBy', { by: publishedBy, at: format.moment(publishedAt) })}
          </Text>
        </>
      ),
    },
    {
      key: 'effective',
      title: t('programmeTerms.effectiveOn'),
      cell: ({ effectiveOn }) => format.day(effectiveOn),
    },
    {
      key: 'accept',
      title: t('programmeTerms.acceptBy'),
      cell: ({ acceptBy, isRequired }) => (
        <>
          {format.day(acceptBy)}
          <Text size="xs" c="dimmed">
            {t(isRequired ? 'programmeTerms.required' : 'programmeTerms.notRequired')}
          </Text>
        </>
      ),
    },
    {
      key: 'accepted',
      title: t('programmeTerms.accepted'),
      cell: ({ acceptedCount }) =>
        t('programmeTerms.acceptedCount', { accepted: format.number(acceptedCount), all: format.number(partnerCount) }),
    },
  ];
}
