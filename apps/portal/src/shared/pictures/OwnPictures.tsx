import { ActionIcon, Button, Card, Group, Image, Loader, SimpleGrid, Text } from '@mantine/core';
import { IconPhoto, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerPicture } from '#contracts';
import { Dialog } from '../Dialog';
import { Empty } from '../Empty';
import { useFormat } from '../format';
import { ProblemNote } from '../ProblemNote';
import { deletePicture, fetchPictures, OWN_PICTURES } from './requests';

interface OwnPicturesProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onChoose: (picture: PartnerPicture) => void;
}

/** A dialog to choose one of the pictures that the partner uploaded before. */
export function OwnPictures({ opened, onClose, onChoose }: OwnPicturesProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('slots.picture.choose')} size="xl" centered>
      {opened && <Choice onChoose={onChoose} />}
    </Dialog>
  );
}

function Choice({ onChoose }: Pick<OwnPicturesProps, 'onChoose'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { data, error } = useQuery({ queryKey: OWN_PICTURES, queryFn: fetchPictures });
  const remove = useMutation({
    mutationFn: deletePicture,
    onSuccess: () => client.invalidateQueries({ queryKey: OWN_PICTURES }),
  });
  if (error !== null) return <ProblemNote error={error} />;
  if (data === undefined) return <Loader />;
  if (data.items.length === 0)
    return (
      <Empty icon={IconPhoto} title={t('slots.picture.none')}>
        {t('slots.picture.noneText')}
      </Empty>
    );
  return (
    <>
      <ProblemNote error={remove.error} />
      <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }}>
        {data.items.map((picture) => (
          <Card key={picture.id} withBorder padding="xs">
            <Image src={picture.preview} alt="" h={120} fit="contain" loading="lazy" />
            <Text size="sm" mt="xs" lineClamp={1} title={picture.name}>
              {picture.name}
            </Text>
            <Text size="xs" c="dimmed">
              {t('library.crop.size', {
                width: format.number(picture.width),
                height: format.number(picture.height),
              })}
            </Text>
            <Group mt="xs" justify="space-between" wrap="nowrap">
              <Button
                size="xs"
                aria-label={t('slots.picture.useOne', { name: picture.name })}
                onClick={() => onChoose(picture)}
              >
                {t('slots.picture.use')}
              </Button>
              <ActionIcon
                variant="subtle"
                color="red"
                aria-label={t('slots.picture.deleteOne', { name: picture.name })}
                title={t('slots.picture.deleteOne', { name: picture.name })}
                loading={remove.isPending && remove.variables === picture.id}
                onClick={() => remove.mutate(picture.id)}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </Group>
          </Card>
        ))}
      </SimpleGrid>
    </>
  );
}
