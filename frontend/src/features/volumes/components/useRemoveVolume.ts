import { useAct } from '@shared/api/useAct';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { removeVolume, type VolumeDetail, volumeQuery, volumesKey } from '../api';

/** Asks once, saying what would break and what becomes of the files. */
export function useRemoveVolume(project: string, id: string) {
  const { t } = useTranslation('volumes');
  const { modal } = App.useApp();
  const remove = useAct({
    act: removeVolume,
    done: (_, volume: VolumeDetail) => t('removed', { name: volume.name }),
    changes: [volumesKey(project), volumeQuery(project, id).queryKey],
  });
  return (volume: VolumeDetail) => {
    const users = volume.mounted_by;
    if (users.length > 0) {
      modal.info({
        title: t('usedNamed', { name: volume.name }),
        content: t('usedText', { names: users.map(({ name }) => name).join(', ') }),
      });
      return;
    }
    modal.confirm({
      title: t('removeNamed', { name: volume.name }),
      content: t(`removeText.${volume.reclaim_policy}`),
      okText: t('remove'),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync(volume).catch(() => undefined),
    });
  };
}
