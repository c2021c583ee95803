import { useAct } from '@shared/api/useAct';
import { useProject } from '@shared/session/place';
import { useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Dataset, removeDataset, removeVersion, type Version } from '../api';

/** Asks once, then removes the dataset, or deletes one of its versions. */
export function useRemovals(dataset: Dataset | undefined) {
  const { t } = useTranslation('datasets');
  const { tenant, project } = useProject();
  const { modal } = App.useApp();
  const navigate = useNavigate();
  const remove = useAct({
    act: removeDataset,
    done: (_, { name }) => t('removed', { name }),
    changes: [['projects', project.id, 'datasets']],
    onDone: () =>
      void navigate({
        to: '/t/$tenant/p/$project/datasets',
        params: { tenant: tenant.slug, project: project.slug },
      }),
  });
  const drop = useAct({
    act: removeVersion,
    done: t('deleted'),
    changes: [['projects', project.id, 'dataset', dataset?.id]],
  });
  const ask = (title: string, content: string, okText: string, act: () => Promise<unknown>) =>
    void modal.confirm({
      title,
      content,
      okText,
      okButtonProps: { danger: true },
      onOk: () => act().catch(() => undefined),
    });
  return {
    askToRemove: () =>
      dataset &&
      ask(t('removeNamed', { name: dataset.name }), t('removeText'), t('remove'), () => remove.mutateAsync(dataset)),
    askToDelete: (version: Version) =>
      ask(t('deleteNamed', { number: version.number, name: dataset?.name }), t('deleteText'), t('deleteVersion'), () =>
        drop.mutateAsync(version),
      ),
  };
}
