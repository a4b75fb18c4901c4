import { Alert, Badge, Button, FileButton, Group, List, Progress, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerView } from '#contracts';
import { ApiProblem, call } from '../../shared/api';
import { textOf } from '../../shared/file-text';
import { useRefusal } from '../../shared/refusal';
import { Dialog } from '../../shared/Dialog';
import {
  type Fault,
  faultsOf,
  FIELDS,
  type InvitationRow,
  type ReadInvitations,
  readInvitations,
} from './invitation-rows';

/** More are two files: so many mails at once should be looked at. */
const MOST = 500;

interface InviteManyProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Invites the partners of a CSV file, one after the other; says of each whether it went. */
export function InviteMany({ opened, onClose }: InviteManyProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('inviteMany.title')} size="xl" centered>
      <ManyForm onClose={onClose} />
    </Dialog>
  );
}

function ManyForm({ onClose }: Pick<InviteManyProps, 'onClose'>) {
  const { t } = useTranslation();
  const [read, setRead] = useState<ReadInvitations | null>(null);
  const sending = useSending();
  const rows = read?.rows.slice(0, MOST) ?? [];
  const faults = rows.map((row, at) => faultsOf(row, rows.slice(0, at)));
  const sendable = rows.filter((_, at) => faults[at]?.length === 0);
  return (
    <Stack>
      <Text size="sm">{t('inviteMany.how')}</Text>
      <Group>
        <FileButton
          accept=".csv,text/csv"
          onChange={(file) => {
            sending.forget();
            void file?.arrayBuffer().then((bytes) => setRead(readInvitations(textOf(bytes))));
          }}
        >
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconUpload size={16} aria-hidden />}>
              {t('inviteMany.choose')}
            </Button>
          )}
        </FileButton>
        {read !== null && (
          <Text size="sm" c="dimmed" aria-live="polite">
            {t('inviteMany.found', { count: rows.length, sendable: sendable.length })}
          </Text>
        )}
      </Group>
      {read !== null && read.missing.length > 0 && (
        <Alert color="red" role="alert">
          {t('inviteMany.missing', {
            columns: read.missing.map((field) => t(`inviteMany.field.${field}`)).join(', '),
          })}
        </Alert>
      )}
      {read !== null && read.rows.length > MOST && (
        <Alert color="yellow">{t('inviteMany.tooMany', { most: MOST })}</Alert>
      )}
      {read?.missing.length === 0 && rows.length > 0 && (
        <>
          <LeftOut rows={rows} faults={faults} />
          <Rows rows={rows} faults={faults} outcomes={sending.outcomes} />
        </>
      )}
      {sending.isPending && (
        <Progress value={(100 * sending.outcomes.size) / sendable.length} aria-label={t('inviteMany.progress')} />
      )}
      <Group justify="flex-end">
        {sending.isDone ? (
          <Button onClick={onClose}>{t('common.close')}</Button>
        ) : (
          <Button
            disabled={sendable.length === 0 || read?.missing.length !== 0}
            loading={sending.isPending}
            onClick={() => sending.send(sendable)}
          >
            {t('inviteMany.send', { count: sendable.length })}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** Which rows are left out, why, and what to do: above the table, whose end a narrow screen does not show. */
function LeftOut({ rows, faults }: Pick<RowsProps, 'rows' | 'faults'>) {
  const { t } = useTranslation();
  const said = faults.flatMap((own, at) =>
    own.map(({ field, why }) => ({
      key: `${at} ${field}`,
      // As spreadsheets count: the heading is the first.
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
  readonly outcomes: ReadonlyMap<string, ApiProblem | null>;
}

function Rows({ rows, faults, outcomes }: RowsProps) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={640} maxHeight={380}>
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
    </Table.ScrollContainer>
  );
}

interface OutcomeProps {
  readonly isFaulty: boolean;
  /** Undefined before it was tried; null where it went, else why it did not. */
  readonly outcome: ApiProblem | null | undefined;
}

function Outcome({ isFaulty, outcome }: OutcomeProps) {
  const { t } = useTranslation();
  const refusal = useRefusal();
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
      {refusal(outcome.problem)}
    </Text>
  );
}

/** One request after the other: what was refused does not stop the rest, and closing the tab stops it between two. */
function useSending() {
  const client = useQueryClient();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, ApiProblem | null>>(new Map());
  const send = useMutation({
    mutationFn: async (rows: readonly InvitationRow[]) => {
      for (const row of rows) {
        const outcome = await inviteOne(row);
        setOutcomes((known) => new Map(known).set(row.email, outcome));
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['partners'] }),
  });
  return {
    outcomes,
    isPending: send.isPending,
    isDone: send.isSuccess,
    send: send.mutate,
    forget: () => {
      send.reset();
      setOutcomes(new Map());
    },
  };
}

async function inviteOne(row: InvitationRow): Promise<ApiProblem | null> {
  try {
    await call<PartnerView>('POST', '/partners/invitations', { body: row });
    return null;
  } catch (error) {
    if (error instanceof ApiProblem) return error;
    throw error;
  }
}
