import { ActionIcon, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconTrash } from '@tabler/icons-react';
import type { SourceElement } from '#template-source';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../shared/ProblemNote';
import { type Choices, linkOptions } from './InspectorField';
import { socialLinks, titleOf, withLink, withNetwork, withoutLink } from './network-acts';
import { NETWORKS, type Network, uploadIcons } from './network-icons';
import type { Builder } from './use-builder';
import { useLatest } from './use-latest';

interface NetworkFieldsProps {
  readonly builder: Builder;
  readonly block: SourceElement;
  readonly choices: Choices;
}

/** The networks of an `mj-social`, and where each leads. */
export function NetworkFields({ builder, block, choices }: NetworkFieldsProps) {
  const { t } = useTranslation();
  const { template, source, perform } = builder;
  const latest = useLatest({ builder, block });
  const add = useMutation({
    mutationFn: (network: Network) => uploadIcons([network], choices.pictures, choices.upload),
    onSuccess: (_, network) => {
      const { builder: now, block: links } = latest.current;
      now.perform(withNetwork(now.template, links, network));
    },
  });
  if (block.name !== 'mj-social') return null;
  const links = socialLinks(source, block);
  const left = NETWORKS.filter((network) => links.every((one) => one.network !== network));
  return (
    <Stack gap={8} role="group" aria-label={t('builder.kind.socialLinks')}>
      {links.map((one) => {
        const title = one.network === null ? t('builder.kind.code') : titleOf(one.network);
        return (
          <Group key={one.element.start} gap={6} align="flex-end" wrap="nowrap">
            <NativeSelect
              flex={1}
              label={title}
              value={one.link}
              data={linkOptions(choices.links, one.link, t('builder.noLink'))}
              onChange={({ currentTarget }) => perform(withLink(template, block, one, currentTarget.value))}
            />
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={t('builder.removeNetwork', { network: title })}
              onClick={() => perform(withoutLink(template, block, one))}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        );
      })}
      {left.length > 0 && (
        <NativeSelect
          label={t('builder.addNetwork')}
          value=""
          data={[
            { value: '', label: t('builder.chooseNetwork') },
            ...left.map((network) => ({ value: network, label: titleOf(network) })),
          ]}
          onChange={({ currentTarget: { value } }) => {
            const network = NETWORKS.find((one) => one === value);
            if (network !== undefined) add.mutate(network);
          }}
        />
      )}
      <Text size="xs" c="dimmed">
        {t('builder.socialWhy')}
      </Text>
      <ProblemNote error={add.error} />
    </Stack>
  );
}
