import { Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconListDetails, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerAttributeView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { type Column, DataTable } from '../../shared/DataTable';
import { Dialog } from '../../shared/Dialog';
import { useFormat } from '../../shared/format';
import { ListScreen } from '../../shared/ListScreen';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { useCan } from '../../shared/session';
import { deletePartnerAttribute, usePartnerAttributes } from './api';
import { AttributeForm } from './AttributeForm';
import { Proposals, useProposalFields } from './Proposals';
import { BLANK, type DefinitionFields, fieldsOf } from './definition-fields';

/** What is edited: an attribute, or fields to begin a new one with. */
type Edited = { readonly attribute: PartnerAttributeView | null; readonly fields: DefinitionFields };

/** The attributes that a vendor defines for its partners. */
export function AttributesScreen() {
  const { t } = useTranslation();
  const canEdit = useCan()('partners.edit');
  const query = usePartnerAttributes();
  const columns = useColumns();
  const fieldsOfProposal = useProposalFields();
  const [edited, setEdited] = useState<Edited | null>(null);
  const list = { ...query, data: query.data?.items };
  const create = canEdit && (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setEdited({ attribute: null, fields: BLANK })}
    >
      {t('attributes.new')}
    </Button>
  );
  return (
    <ListScreen
      title={t('attributes.title')}
      lead={t('attributes.lead')}
      actions={create}
      below={
        canEdit && (
          <Proposals
            taken={(list.data ?? []).map(({ name }) => name)}
            onChoose={(key) => setEdited({ attribute: null, fields: fieldsOfProposal(key) })}
          />
        )
      }
      list={list}
      empty={{ icon: IconListDetails, title: t('attributes.none'), text: t('attributes.noneText') }}
      after={
        <Dialog
          opened={edited !== null}
          onClose={() => setEdited(null)}
          title={t(edited?.attribute == null ? 'attributes.new' : 'attributes.edit')}
          centered
        >
          {edited !== null && <AttributeForm {...edited} onSaved={() => setEdited(null)} />}
        </Dialog>
      }
    >
      {(items, isWhole) => (
        <DataTable
          label={t('attributes.title')}
          items={items}
          isWhole={isWhole}
          idOf={({ id }) => id}
          columns={columns}
          actions={
            canEdit &&
            ((attribute) => (
              <AttributeActions
                attribute={attribute}
                onEdit={() => setEdited({ attribute, fields: fieldsOf(attribute) })}
              />
            ))
          }
        />
      )}
    </ListScreen>
  );
}

interface AttributeActionsProps {
  readonly attribute: PartnerAttributeView;
  readonly onEdit: () => void;
}

function AttributeActions({ attribute: { id, name, valueCount }, onEdit }: AttributeActionsProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <Group gap="xs" wrap="nowrap" justify="flex-end">
      <Button variant="default" size="xs" onClick={onEdit} aria-label={t('attributes.editOne', { name })}>
        {t('attributes.edit')}
      </Button>
      <Confirm
        size="xs"
        label={t('attributes.deleteOne', { name })}
        shortLabel={t('attributes.delete')}
        question={t('attributes.deleteQuestion', { name })}
        onConfirm={() => deletePartnerAttribute(id).then(() => invalidate(client, queryKeys.partnerAttributes))}
      >
        {t('attributes.deleteText', { count: valueCount })}
      </Confirm>
    </Group>
  );
}

function useColumns(): readonly Column<PartnerAttributeView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'name',
      title: t('attributes.name'),
      isHeading: true,
      orderBy: ({ name }) => name,
      cell: ({ name, help }) => (
        <>
          <Text size="sm" fw={600}>
            {name}
          </Text>
          {help !== '' && (
            <Text size="xs" c="dimmed">
              {help}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'kind',
      title: t('attributes.kind'),
      maxWidth: 320,
      cell: ({ kind, options }) => (
        <>
          <Text size="sm">{t(`attributes.kinds.${kind}`)}</Text>
          <Text size="xs" c="dimmed">
            {options.map(({ label }) => label).join(', ')}
          </Text>
        </>
      ),
    },
    { key: 'owner', title: t('attributes.owner'), cell: ({ owner }) => t(`attributes.owners.${owner}`) },
    {
      key: 'values',
      title: t('attributes.filledIn'),
      align: 'end',
      orderBy: ({ valueCount }) => valueCount,
      cell: ({ valueCount }) => format.number(valueCount),
    },
  ];
}
