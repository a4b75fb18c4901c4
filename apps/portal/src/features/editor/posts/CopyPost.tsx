import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../shared/Dialog';
import type { Texts } from '../builder/email-copy';
import { keyOf, type Post, postFault, withPostCopy } from './posts';

interface CopyPostProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly texts: Texts;
  readonly post: Post;
  /** @param key of the copy. */
  readonly onCopy: (made: Texts, key: string) => void;
}

/** Asks for the name of a copy. */
export function CopyPost({ opened, onClose, texts, post, onCopy }: CopyPostProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [isAsked, setAsked] = useState(false);
  const fault = postFault(texts, name);
  const close = (): void => {
    setName('');
    setAsked(false);
    onClose();
  };
  const make = (): void => {
    setAsked(true);
    if (fault !== null) return;
    onCopy(withPostCopy(texts, post, name), keyOf(name));
    close();
  };
  return (
    <Dialog opened={opened} onClose={close} title={t('posts.copy')} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make();
        }}
      >
        <Stack>
          <TextInput
            label={t('posts.name')}
            description={t('posts.nameHow')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={isAsked && fault !== null && t(`posts.fault.${fault}`)}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common.back')}
            </Button>
            <Button type="submit">{t('posts.copyNow')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
