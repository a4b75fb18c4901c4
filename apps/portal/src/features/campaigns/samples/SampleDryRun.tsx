import { Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconCalendar, IconPlayerPlay, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail } from '#contracts';
import { useDraft } from '../../../shared/draft';
import { ProblemNote } from '../../../shared/ProblemNote';
import { useEntryText } from '../entry-text';
import { versionPath } from '../campaign';
import { fitToSequence, preparedSamples, toRequest, type Sample, sample } from './samples';
import { SampleForm } from './SampleForm';
import { SampleTimelines } from './SampleTimelines';
import { DateTimePicker } from '../../../shared/dates';
import { RestoredDraftNote } from '../../../shared/RestoredDraftNote';
import { startSampleDryRun } from '../api';

const MOST_SAMPLES = 12;

/** Shows a vendor which sample contact gets what, and when. */
export function SampleDryRun({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  const { campaignId, number, sequence } = version;
  const path = versionPath(campaignId, number);
  const [prepared] = useState(() => preparedSamples({ clicks: t('samples.clicks'), answers: t('samples.answers') }));
  const [own, setSamples, forget] = useDraft<readonly Sample[] | null>(`samples ${path}`, null);
  const samples = own === null ? prepared : fitToSequence(own, sequence);
  const [startAt, setStartAt] = useState<string | null>(null);
  const [chosen, setEntry] = useState('');
  const entry = sequence.entries.find(({ key }) => key === chosen)?.key;
  const run = useMutation({
    mutationFn: () =>
      startSampleDryRun(campaignId, number, {
        ...toRequest(samples, sequence),
        ...(entry === undefined ? {} : { entry }),
        ...(startAt === null ? {} : { startAt: new Date(startAt).toISOString() }),
      }),
  });
  return (
    <Stack component="section" aria-labelledby="samples">
      <Heading />
      {samples.map((one) => (
        <SampleForm
          key={one.id}
          sample={one}
          sequence={sequence}
          onChange={(changed) => setSamples(samples.map((old) => (old.id === one.id ? changed : old)))}
          onRemove={() => setSamples(samples.filter(({ id }) => id !== one.id))}
        />
      ))}
      <Group align="flex-end">
        <EntryField sequence={sequence} entry={entry} onEntry={setEntry} />
        <StartField startAt={startAt} onStartAt={setStartAt} />
        <AddSample disabled={samples.length >= MOST_SAMPLES} onAdd={(added) => setSamples([...samples, added])} />
        <Button
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          disabled={samples.length === 0 || samples.some(({ name }) => name.trim() === '')}
          loading={run.isPending}
          onClick={() => run.mutate()}
        >
          {t('samples.run')}
        </Button>
      </Group>
      <RestoredDraftNote isUnsaved={own !== null} onDiscard={forget}>
        {t('samples.kept')}
      </RestoredDraftNote>
      <ProblemNote error={run.error} />
      <div aria-live="polite">{run.data !== undefined && <SampleTimelines version={version} run={run.data} />}</div>
    </Stack>
  );
}

function Heading() {
  const { t } = useTranslation();
  return (
    <div>
      <Title order={2} id="samples">
        {t('samples.title')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('samples.lead')}
      </Text>
    </div>
  );
}

interface EntryFieldProps {
  readonly sequence: CampaignVersionDetail['sequence'];
  readonly entry: string | undefined;
  readonly onEntry: (key: string) => void;
}

/** By which rule the samples enter, if there are several. */
function EntryField({ sequence: { entries }, entry, onEntry }: EntryFieldProps) {
  const { t } = useTranslation();
  const entryText = useEntryText();
  if (entries.length < 2) return null;
  const first = entries.find(({ when }) => when.on === 'launch') ?? entries[0];
  return (
    <NativeSelect
      label={t('samples.entry')}
      value={entry ?? first?.key ?? ''}
      data={entries.map(({ key, when }) => ({ value: key, label: entryText(when) }))}
      onChange={({ currentTarget: { value } }) => onEntry(value)}
    />
  );
}

interface StartFieldProps {
  /** Null: now. */
  readonly startAt: string | null;
  readonly onStartAt: (startAt: string | null) => void;
}

function StartField({ startAt, onStartAt }: StartFieldProps) {
  const { t } = useTranslation();
  return (
    <DateTimePicker
      label={t('launch.start')}
      placeholder={t('launch.now')}
      leftSection={<IconCalendar size={18} aria-hidden />}
      clearable
      defaultTimeValue="09:00:00"
      value={startAt}
      onChange={onStartAt}
      w={230}
    />
  );
}

function AddSample({ disabled, onAdd }: { readonly disabled: boolean; readonly onAdd: (added: Sample) => void }) {
  const { t } = useTranslation();
  return (
    <Button
      variant="default"
      leftSection={<IconPlus size={16} aria-hidden />}
      disabled={disabled}
      onClick={() => onAdd(sample(t('samples.new'), 'Europe/London', ''))}
    >
      {t('samples.add')}
    </Button>
  );
}
