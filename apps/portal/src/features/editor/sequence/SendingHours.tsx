import { Group, Paper } from '@mantine/core';
import { TimeInput } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { isMap } from 'yaml';
import type { Desk } from '../edits';
import { changeYaml, readYaml } from '../yaml-file';
import { Weekdays } from './WaitFields';

const FILE = 'campaign.yaml';

interface Hours {
  readonly from?: string;
  readonly to?: string;
  readonly weekdays?: readonly string[];
}

/** On which days and between which hours e-mails go out, by each recipient's own clock. */
export function SendingHours({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation();
  const text = desk.textOf(FILE);
  const file = readYaml(text);
  const written = file.ok ? file.document.getIn(['sequence', 'window']) : undefined;
  const { from = '', to = '', weekdays = [] } = isMap(written) ? (written.toJSON() as Hours) : {};
  const write = (field: keyof Hours, value: unknown) =>
    desk.write({
      [FILE]: changeYaml(text, (document) =>
        document.setIn(['sequence', 'window', field], document.createNode(value, { flow: true })),
      ),
    });
  const hour = (field: 'from' | 'to', value: string) => (
    <TimeInput
      label={t(`hours.${field}`)}
      value={value}
      onChange={(event) => event.currentTarget.value !== '' && write(field, event.currentTarget.value)}
    />
  );
  return (
    <Paper withBorder p="md" component="section" aria-label={t('hours.title')}>
      <Group align="flex-end">
        {hour('from', from)}
        {hour('to', to)}
        <Weekdays label={t('hours.days')} days={weekdays} onWrite={(days) => write('weekdays', days)} />
      </Group>
    </Paper>
  );
}
