import { Button, Group, NativeSelect, Paper, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../../shared/Confirm';
import { useFormat } from '../../../shared/format';
import { usePlaceText } from '../../../shared/gate-place';
import { type Tactics, useTacticName } from '../../../shared/tactic-names';
import { BlurTextInput } from '../BlurTextInput';
import { declarationsOf } from '../new-files';
import { namedOptions } from '../sequence/sequence-names';
import { readYamlOnly } from '../yaml-file';
import {
  LINK_KINDS,
  type LinkKind,
  linkNameFault,
  readLinks,
  withLinkLabel,
  withLinkName,
  withLinkTarget,
  withNewLink,
  withoutLink,
  withTracked,
  type WrittenLink,
} from './links';

const FILE = 'campaign.yaml';
const ADDRESS = /^https:\/\/[^\s/]+\.[^\s/]+/;

interface LinksProps {
  readonly texts: Readonly<Record<string, string>>;
  readonly locales: readonly string[];
  /** For the names of pages, documents and e-mails. */
  readonly tactics: Tactics;
  readonly onWrite: (changes: Readonly<Record<string, string>>) => void;
}

/** Links of a campaign: where each leads, whether clicks count, where it is used. */
export function Links({ texts, locales, tactics, onWrite }: LinksProps) {
  const { t } = useTranslation();
  const links = readLinks(texts);
  return (
    <Stack gap="sm">
      {links.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('details.noLink')}
        </Text>
      )}
      {links.map((link) => (
        <LinkForm key={link.name} link={link} texts={texts} locales={locales} tactics={tactics} onWrite={onWrite} />
      ))}
      <NewLink texts={texts} onWrite={onWrite} />
    </Stack>
  );
}

function LinkForm({ link, texts, locales, tactics, onWrite }: LinksProps & { readonly link: WrittenLink }) {
  const { t } = useTranslation();
  const { name, kind, tracked } = link;
  const campaign = texts[FILE] ?? '';
  const [fault, setFault] = useState<'form' | 'taken' | null>(null);
  const rename = (typed: string): void => {
    const refused = linkNameFault(texts, typed);
    setFault(refused);
    if (refused === null) onWrite(withLinkName(texts, name, typed));
  };
  return (
    <Paper withBorder p="sm" component="section" aria-label={t('details.link', { name })}>
      <SimpleGrid cols={{ base: 1, md: 3 }}>
        <div>
          <BlurTextInput label={t('details.linkName')} value={name} onWrite={rename} />
          {fault !== null && (
            <Text size="xs" c="red" role="alert">
              {t(`details.linkFault.${fault}`)}
            </Text>
          )}
        </div>
        <KindChoice link={link} texts={texts} onWrite={onWrite} />
        <Target link={link} texts={texts} locales={locales} tactics={tactics} onWrite={onWrite} />
      </SimpleGrid>
      <Group justify="space-between" mt="xs" align="flex-end">
        <Stack gap={4}>
          {kind !== 'document' && (
            <Switch
              label={t('details.tracked')}
              checked={tracked}
              onChange={(event) => onWrite({ [FILE]: withTracked(campaign, name, event.currentTarget.checked) })}
            />
          )}
          <UsedIn files={link.usedIn} tactics={tactics} />
        </Stack>
        <DeleteLink link={link} tactics={tactics} onDelete={() => onWrite({ [FILE]: withoutLink(campaign, name) })} />
      </Group>
    </Paper>
  );
}

type FormProps = Pick<LinksProps, 'texts' | 'onWrite'> & { readonly link: WrittenLink };

/** Where a link leads: an address, or something of the campaign, or of the partner. */
function KindChoice({ link: { name, kind }, texts, onWrite }: FormProps) {
  const { t } = useTranslation();
  const first = useFirstTargets(texts);
  return (
    <NativeSelect
      label={t('details.leadsTo')}
      value={kind}
      data={LINK_KINDS.map((value) => ({
        value,
        label: t(`details.kind.${value}`),
        disabled: value !== kind && first[value] === null,
      }))}
      onChange={({ currentTarget: { value } }) => {
        const chosen = LINK_KINDS.find((one) => one === value) ?? 'target';
        onWrite({ [FILE]: withLinkTarget(texts[FILE] ?? '', name, chosen, first[chosen] ?? '') });
      }}
    />
  );
}

/** The first possible target of each kind; null: there is none. */
function useFirstTargets(texts: LinksProps['texts']): Record<LinkKind, string | null> {
  const [page = null] = declarationsOf(texts).pages;
  const [document = null] = documentsOf(texts);
  return { target: 'https://www.example.com/', page, document, partner: '' };
}

function documentsOf(texts: LinksProps['texts']): string[] {
  const file = readYamlOnly(texts[FILE] ?? '');
  const read = (file.ok ? file.document.toJS() : null) as { readonly documents?: object } | null;
  return Object.keys(read?.documents ?? {});
}

function Target({ link, texts, locales, tactics, onWrite }: FormProps & Pick<LinksProps, 'locales' | 'tactics'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useTacticName(tactics);
  const { name, kind, target, label } = link;
  const campaign = texts[FILE] ?? '';
  if (kind === 'partner')
    return (
      <Stack gap="xs">
        {locales.map((tag) => (
          <BlurTextInput
            key={tag}
            label={t('details.askedIn', { language: format.language(tag) })}
            value={label[tag] ?? ''}
            onWrite={(words) => onWrite({ [FILE]: withLinkLabel(campaign, name, tag, words) })}
          />
        ))}
      </Stack>
    );
  if (kind === 'target')
    return (
      <Address
        value={target}
        onWrite={(address) => onWrite({ [FILE]: withLinkTarget(campaign, name, kind, address) })}
      />
    );
  const keys = kind === 'page' ? declarationsOf(texts).pages : documentsOf(texts);
  return (
    <NativeSelect
      label={t(`details.which.${kind}`)}
      value={target}
      data={namedOptions(keys, (key) => nameOf(`${kind}s`, key))}
      onChange={(event) => onWrite({ [FILE]: withLinkTarget(campaign, name, kind, event.currentTarget.value) })}
    />
  );
}

interface AddressProps {
  readonly value: string;
  readonly onWrite: (address: string) => void;
}

/** A web address. Another is refused with a message, and nothing changes. */
function Address({ value, onWrite }: AddressProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? value;
  const isRefused = !ADDRESS.test(shown.trim());
  return (
    <TextInput
      label={t('details.address')}
      type="url"
      value={shown}
      error={isRefused && t('details.addressFault')}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => {
        if (isRefused) return;
        if (shown.trim() !== value) onWrite(shown.trim());
        setTyped(null);
      }}
    />
  );
}

function UsedIn({ files, tactics }: { readonly files: readonly string[] } & Pick<LinksProps, 'tactics'>) {
  const { t } = useTranslation();
  const placeText = usePlaceText(tactics);
  const places = files.map((file) => placeText({ file, line: null }).replace(/:$/, ''));
  return (
    <Text size="xs" c="dimmed">
      {files.length === 0 ? t('details.unused') : t('details.usedIn', { places: places.join(', ') })}
    </Text>
  );
}

function DeleteLink({
  link: { name, usedIn },
  tactics,
  onDelete,
}: Pick<LinksProps, 'tactics'> & {
  readonly link: WrittenLink;
  readonly onDelete: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Confirm
      label={t('details.deleteLink', { name })}
      shortLabel={t('details.remove')}
      question={t('details.deleteLinkQuestion', { name })}
      size="xs"
      onConfirm={async () => onDelete()}
    >
      <Text size="sm">
        {usedIn.length === 0 ? t('details.deleteUnused') : t('details.deleteUsed', { count: usedIn.length })}
      </Text>
      <UsedIn files={usedIn} tactics={tactics} />
    </Confirm>
  );
}

function NewLink({ texts, onWrite }: Pick<LinksProps, 'texts' | 'onWrite'>) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const [isAsked, setAsked] = useState(false);
  const fault = linkNameFault(texts, name);
  const isRefused = !ADDRESS.test(address.trim());
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (fault !== null || isRefused) return;
        onWrite({ [FILE]: withNewLink(texts[FILE] ?? '', name, address.trim()) });
        setName('');
        setAddress('');
        setAsked(false);
      }}
    >
      <Group align="flex-start" gap="sm">
        <TextInput
          label={t('details.newLinkName')}
          placeholder={t('details.newLinkExample')}
          value={name}
          error={isAsked && fault !== null && t(`details.linkFault.${fault}`)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('details.address')}
          type="text"
          inputMode="url"
          placeholder="https://"
          value={address}
          error={isAsked && isRefused && t('details.addressFault')}
          style={{ flex: '1 1 260px' }}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" leftSection={<IconPlus size={16} aria-hidden />} mt={25}>
          {t('details.addLink')}
        </Button>
      </Group>
    </form>
  );
}
