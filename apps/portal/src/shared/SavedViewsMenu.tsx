import { Button, Checkbox, Group, Menu, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { IconBookmark } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { KEPT_PARAMETERS, type ViewScreen } from '#contracts';
import { Dialog } from './Dialog';
import { ProblemNote } from './ProblemNote';
import { useSavedViews, useViewChanges } from './saved-views';

const DAYS = ['from', 'to'];

/** The saved views of a screen, and a way to save what it shows now. */
export function SavedViewsMenu({ screen }: { readonly screen: ViewScreen }) {
  const { t } = useTranslation();
  const views = useSavedViews();
  const [saving, { open, close }] = useDisclosure(false);
  const own = (views.data?.items ?? []).filter((view) => view.screen === screen);
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={16} aria-hidden />}>
            {t('savedViews.menu')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown maw={320}>
          {own.map(({ id, name, query }) => (
            <Menu.Item key={id} component={Link} to={viewPath({ screen, query })}>
              {name}
            </Menu.Item>
          ))}
          {own.length > 0 && <Menu.Divider />}
          <Menu.Item onClick={open}>{t('savedViews.save')}</Menu.Item>
          <Menu.Item component={Link} to="/saved-views">
            {t('savedViews.all')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <SaveViewDialog screen={screen} opened={saving} onClose={close} />
    </>
  );
}

/** The address of a view. */
export const viewPath = ({ screen, query }: { readonly screen: ViewScreen; readonly query: string }): string =>
  query === '' ? screen : `${screen}?${query}`;

interface SaveViewDialogProps {
  readonly screen: ViewScreen;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function SaveViewDialog({ screen, opened, onClose }: SaveViewDialogProps) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const [keepsDays, setKeepsDays] = useState(false);
  const changes = useViewChanges();
  const hasDays = DAYS.some((day) => params.has(day));
  const save = useMutation({
    mutationFn: () =>
      changes.save({ name: name.trim(), screen, query: viewQuery(screen, params, keepsDays), isShared }),
    onSuccess: () => {
      setName('');
      onClose();
    },
  });
  return (
    <Dialog opened={opened} onClose={onClose} title={t('savedViews.save')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          <TextInput
            label={t('savedViews.name')}
            description={t('savedViews.nameText')}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            required
            maxLength={80}
            data-autofocus
          />
          {hasDays && (
            <Checkbox
              label={t('savedViews.keepDays')}
              description={t('savedViews.keepDaysText')}
              checked={keepsDays}
              onChange={({ currentTarget }) => setKeepsDays(currentTarget.checked)}
            />
          )}
          <Checkbox
            label={t('savedViews.share')}
            checked={isShared}
            onChange={({ currentTarget }) => setShared(currentTarget.checked)}
          />
          <ProblemNote error={save.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.back')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
              {t('savedViews.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** The part of an address that a view keeps: not what is open at the moment. */
function viewQuery(screen: ViewScreen, params: URLSearchParams, keepsDays: boolean): string {
  const isKept = (name: string): boolean => keepsDays || !DAYS.includes(name);
  const kept = KEPT_PARAMETERS[screen].flatMap((name) => {
    const value = params.get(name);
    return value === null || !isKept(name) ? [] : [[name, value]];
  });
  return new URLSearchParams(kept).toString();
}
