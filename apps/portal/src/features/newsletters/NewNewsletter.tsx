import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Dialog } from '../../shared/Dialog';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';
import { createNewsletter } from './api';

/** The languages in which the first texts are. Others are added in the studio. */
const LANGUAGES = ['en', 'de'];

interface NewNewsletterProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Creates a draft, and opens it. */
export function NewNewsletter({ opened, onClose }: NewNewsletterProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const [title, setTitle] = useState('');
  const [languages, setLanguages] = useState<string[]>(LANGUAGES);
  const create = useMutation({
    mutationFn: () => createNewsletter({ title: title.trim(), languages: ordered(languages, i18n.language) }),
    onSuccess: ({ id }) => navigate(`/newsletters/${id}`),
  });
  return (
    <Dialog opened={opened} onClose={onClose} title={t('newsletters.new')} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Stack>
          <TextInput
            label={t('newsletters.name')}
            description={t('newsletters.nameHelp')}
            required
            maxLength={200}
            data-autofocus
            value={title}
            onChange={({ currentTarget: { value } }) => setTitle(value)}
          />
          <Checkbox.Group
            label={t('newsletters.languages')}
            description={t('newsletters.languagesHelp')}
            value={languages}
            onChange={setLanguages}
          >
            <Stack gap="xs" mt="xs">
              {LANGUAGES.map((tag) => (
                <Checkbox key={tag} value={tag} label={format.language(tag)} />
              ))}
            </Stack>
          </Checkbox.Group>
          <ProblemNote error={create.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.back')}
            </Button>
            <Button type="submit" loading={create.isPending} disabled={title.trim() === '' || languages.length === 0}>
              {t('newsletters.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** The author's own language is the first: people without a translation get it. */
const ordered = (languages: readonly string[], own: string): string[] =>
  [...languages].sort((a, b) => Number(own.startsWith(b)) - Number(own.startsWith(a)));
