import { useAct } from '@shared/api/useAct';
import { useProject } from '@shared/session/place';
import { useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { type BucketDetail, removeBucket } from '../api';

/** Asks once: only what is empty can be removed. */
export function useRemoveBucket() {
  const { t } = useTranslation('buckets');
  const { tenant, project } = useProject();
  const { modal } = App.useApp();
  const navigate = useNavigate();
  const remove = useAct({
    act: removeBucket,
    done: (_, bucket) => t('removed', { name: bucket.name }),
    changes: [['projects', project.id, 'buckets']],
    onDone: () =>
      void navigate({
        to: '/t/$tenant/p/$project/buckets',
        params: { tenant: tenant.slug, project: project.slug },
      }),
  });
  return (bucket: BucketDetail) =>
    void modal.confirm({
      title: t('removeNamed', { name: bucket.name }),
      content: t('removeText'),
      okText: t('remove'),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync(bucket).catch(() => undefined),
    });
}
