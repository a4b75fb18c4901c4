import { Alert, Badge, List, ScrollArea, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../../shared/problem-text';
import { type Fault, FIELDS, type InvitationRow } from './invitation-rows';
import type { InvitationOutcome } from './invitation-sending';
import { WideTable } from '../../shared/WideTable';

/**
 * Rows that are not sent, the reason, and how to correct it.
 * Above the table, because its end is not visible on narrow screens.
 */
export function SkippedRows({ rows, faults }: Pick<RowsProps, 'rows' | 'faults'>) {
  const { t } = useTranslation();
  const said = faults.flatMap((own, at) =>
    own.map(({ field, why }) => ({
      key: `${at} ${field}`,
      // Row numbers as in a spreadsheet: the heading is row 1.
      text: t(`inviteMany.fault.${why}`, {
        row: at + 2,
        field: t(`inviteMany.field.${field}`),
        value: rows[at]?.[field] ?? '',
      }),
    })),
  );
  if (said.length === 0) return null;
  return (
    <Alert color="yellow" title={t('inviteMany.leftOut')}>
      <ScrollArea.Autosize mah={160}>
        <List size="sm" spacing={4}>
          {said.map(({ key, text }) => (
            <List.Item key={key} style={{ overflowWrap: 'anywhere' }}>
              {text}
            </List.Item>
          ))}
        </List>
      </ScrollArea.Autosize>
    </Alert>
  );
}

interface RowsProps {
  readonly rows: readonly InvitationRow[];
  readonly faults: readonly (readonly Fault[])[];
  readonly outcomes: ReadonlyMap<string, InvitationOutcome>;
}

/** Rows of the file with the result of each invitation. */
export function Rows({ rows, faults, outcomes }: RowsProps) {
  const { t } = useTranslation();
  return (
    <WideTable label={t('inviteMany.title')} minWidth={640} maxHeight={380}>
      <Table stickyHeader verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            {FIELDS.map((field) => (
              <Table.Th key={field}>{t(`inviteMany.field.${field}`)}</Table.Th>
            ))}
            <Table.Th>{t('partners.status')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, at) => (
            <Table.Tr key={at}>
              {FIELDS.map((field) => (
                <Table.Td key={field}>
                  <Text
                    size="sm"
                    {...(faults[at]?.some((fault) => fault.field === field)
                      ? { c: 'var(--mantine-color-error)', fw: 600 }
                      : {})}
                  >
                    {row[field] === '' ? t('inviteMany.empty') : row[field]}
                  </Text>
                </Table.Td>
              ))}
              <Table.Td>
                <Outcome isFaulty={faults[at]?.length !== 0} outcome={outcomes.get(row.email)} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
}

interface OutcomeProps {
  readonly isFaulty: boolean;
  /** Undefined before it is sent. */
  readonly outcome: InvitationOutcome | undefined;
}

function Outcome({ isFaulty, outcome }: OutcomeProps) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  if (isFaulty)
    return (
      <Badge color="red" variant="light" tt="none">
        {t('inviteMany.left')}
      </Badge>
    );
  if (outcome === undefined)
    return (
      <Badge color="gray" variant="light" tt="none">
        {t('inviteMany.ready')}
      </Badge>
    );
  if (outcome === null)
    return (
      <Badge color="teal" variant="light" tt="none">
        {t('status.invited')}
      </Badge>
    );
  return (
    <Text size="xs" c="var(--mantine-color-error)">
      {problemText(outcome.problem)}
    </Text>
  );
}
