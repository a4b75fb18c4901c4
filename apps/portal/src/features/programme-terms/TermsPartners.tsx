import { Anchor, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconFileCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TermsPartner } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { List } from '../../shared/ListScreen';
import { Section } from '../../shared/Section';
import { useTermsPartners } from './api';

type State = 'accepted' | 'waiting';
const STATES: readonly State[] = ['waiting', 'accepted'];

/** Partners that have accepted the newest version, or have not. */
export function TermsPartners() {
  const { t } = useTranslation();
  const [state, setState] = useState<State>('waiting');
  const partners = useTermsPartners(state);
  const columns = useColumns();
  return (
    <Section title={t('programmeTerms.partners')}>
      <Stack>
        <SegmentedControl
          aria-label={t('programmeTerms.partners')}
          value={state}
          onChange={(next) => setState(STATES.find((one) => one === next) ?? 'waiting')}
          data={STATES.map((one) => ({ value: one, label: t(`programmeTerms.state.${one}`) }))}
        />
        <List
          list={partners}
          height={180}
          empty={{
            icon: IconFileCheck,
            title: t(`programmeTerms.nobody.${state}`),
            text: t(`programmeTerms.nobodyText.${state}`),
          }}
        >
          {(items, isWhole) => (
            <DataTable
              label={t('programmeTerms.partners')}
              items={items}
              isWhole={isWhole}
              idOf={({ partnerId }) => partnerId}
              columns={columns}
              minWidth={560}
            />
          )}
        </List>
      </Stack>
    </Section>
  );
}

function useColumns(): readonly Column<TermsPartner>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'name',
      title: t('partners.partner'),
      isHeading: true,
      cell: ({ partnerId, name }) => (
        <Anchor component={Link} to={`/partners/${partnerId}`} size="sm" fw={600}>
          {name}
        </Anchor>
      ),
    },
    {
      key: 'acceptance',
      title: t('programmeTerms.acceptance'),
      cell: ({ acceptance }) =>
        acceptance === null ? (
          t('programmeTerms.never')
        ) : (
          <>
            {t('programmeTerms.acceptedBy', {
              number: acceptance.number,
              by: acceptance.acceptedBy,
              at: format.moment(acceptance.acceptedAt),
            })}
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {t('programmeTerms.text', {
                language: format.language(acceptance.language),
                hash: acceptance.textHash,
              })}
            </Text>
          </>
        ),
    },
  ];
}
