import { EmptyState } from '@shared/components/EmptyState';
import { StatusTag } from '@shared/components/StatusTag';
import { useKey } from '@shared/i18n/key';
import { useProject } from '@shared/session/place';
import { Link } from '@tanstack/react-router';
import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { VolumeDetail } from '../api';

type Mounted = VolumeDetail['mounted_by'][number];

/** What mounts the volume now, or will: until it is over, the volume stays. */
export function Mounts({ volume }: { volume: VolumeDetail }) {
  const { t } = useTranslation('volumes');
  const key = useKey();
  const { tenant, project } = useProject();
  if (volume.mounted_by.length === 0) return <EmptyState title={t('unmounted')}>{t('unmountedText')}</EmptyState>;
  return (
    <Table<Mounted>
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={volume.mounted_by}
      columns={[
        {
          title: t('name'),
          render: (_, { kind, id, name }) =>
            kind === 'job' ? (
              <Link
                to="/t/$tenant/p/$project/jobs/$job"
                params={{ tenant: tenant.slug, project: project.slug, job: id }}
              >
                {name}
              </Link>
            ) : (
              name
            ),
        },
        { title: t('kind'), render: (_, { kind }) => key(`shared:kind.${kind}`, { fallback: kind }) },
        { title: t('phase'), render: (_, { phase }) => <StatusTag status={phase} /> },
        { title: t('access'), render: (_, { access }) => t(`accesses.${access as 'read'}`) },
        { title: t('path'), render: (_, { path }) => <code className="mono">{path}</code> },
      ]}
    />
  );
}
